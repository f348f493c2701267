import { SYSTEM } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import type { Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import type { SignInFigures } from "./sign-in-figures.ts";
import type { Settled } from "./sign-in-gate.ts";

type Failure = {
  readonly facts: Readonly<Record<string, boolean>>;
  readonly figures: SignInFigures;
  readonly settled: Settled;
};

/**
 * Tells the log of a wrong password or code, and of the lock it led to. About the officer, not by them: whoever typed it has not
 * shown to be the officer. What was typed as the login is not kept: people type passwords there.
 */
export async function tellFailure(town: Town, officer: { readonly id: string } | null, at: Date, what: Failure): Promise<void> {
  const subject = officer === null ? THE_TOWN : ({ kind: "officer", id: officer.id } as const);
  await appendEvent(town, SYSTEM, at, { verb: "officer.sign-in-failed", subject, facts: what.facts });
  if (what.settled.ended === "wrong" && what.settled.locks)
    await appendEvent(town, SYSTEM, at, { verb: "officer.locked-out", subject, facts: { minutes: what.figures.lockMinutes } });
}
