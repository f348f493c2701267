import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { transact, type Town } from "#platform/town";
import { findCredential } from "./credential.ts";
import { asActor, type Officer } from "./officer.ts";
import { isPassword, pretendToCheck } from "./password.ts";
import { findOfficerByLogin } from "./queries.ts";
import { beginSession } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { forgive, lockAfter, whyNotTry, type Counted } from "./sign-in-gate.ts";
import { hasTotp } from "./totp.ts";

const typed = (longest: number) =>
  z.string({ error: "text/missing" }).min(1, { error: "text/missing" }).max(longest, { error: "text/too-long" });

export const SignIn = z.object({ login: typed(100).trim(), password: typed(200) });
export type SignIn = z.infer<typeof SignIn>;

/**
 * How a sign-in ended. A wrong one is a value, not a refusal: a refusal leaves no trace, and this try must be counted.
 * Whether the login exists is never told.
 */
export type SignedIn =
  | { readonly ended: "begun"; readonly officer: Officer; readonly token: string; readonly next: "code" | "open" }
  | { readonly ended: "wrong" }
  | { readonly ended: "locked"; readonly until: Date };

// An address stands for whoever shares it, so it has the same patience as a login and the same lock.
export async function signIn(town: Town, at: Date, what: SignIn & { readonly address: string }): Promise<SignedIn> {
  const figures = await readSignInFigures(town);
  const counted: readonly Counted[] = [
    { kind: "login", of: what.login },
    { kind: "address", of: what.address },
  ];
  const until = await whyNotTry(town, figures, at, counted);
  if (until !== null) return { ended: "locked", until };
  const officer = await findOfficerByLogin(town, what.login);
  const credential = officer === null ? null : await findCredential(town, officer.id);
  if (credential === null) await pretendToCheck(what.password);
  const right = credential !== null && (await isPassword(credential.hash, what.password));
  return transact(town, async (town) => {
    if (officer === null || !right) {
      await recordFailure(town, officer, at);
      const locked = await lockAfter(town, figures, at, counted);
      if (locked)
        await appendEvent(town, SYSTEM, at, {
          verb: "officer.locked-out",
          subject: subjectOf(officer),
          facts: { minutes: figures.lockMinutes },
        });
      return { ended: "wrong" };
    }
    await forgive(town, counted);
    const next = (await hasTotp(town, officer.id)) ? "code" : "open";
    const token = await beginSession(town, officer.id, at, next === "open");
    if (next === "open")
      await appendEvent(town, asActor(officer), at, { verb: "officer.signed-in", subject: { kind: "officer", id: officer.id } });
    return { ended: "begun", officer, token, next };
  });
}

/**
 * About the officer, not by them: whoever typed it has not shown to be the officer.
 * What was typed as the login is not kept: people type passwords there.
 */
async function recordFailure(town: Town, officer: Officer | null, at: Date): Promise<void> {
  await appendEvent(town, SYSTEM, at, {
    verb: "officer.sign-in-failed",
    subject: subjectOf(officer),
    facts: { loginKnown: officer !== null },
  });
}

function subjectOf(officer: Officer | null) {
  return officer === null ? THE_TOWN : ({ kind: "officer", id: officer.id } as const);
}
