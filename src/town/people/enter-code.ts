import { z } from "zod";
import { matchingStep } from "#standards/totp/totp";
import { judgeable } from "#platform/characters";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Account } from "./account.ts";
import { appendEvent } from "./events.ts";
import { hashOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { endRecoveryCode, hasRecoveryCode, readRecoveryCode } from "./recovery-code.ts";
import { settleTry, type Counted } from "./sign-in-gate.ts";
import { tellFailure } from "./tell-failure.ts";
import { tellSignIn } from "./tell-sign-in.ts";
import { lockSecret } from "./totp.ts";

const typedCode = z
  .string({ error: "text/missing" })
  .max(40, { error: "text/too-long" })
  .transform((typed) => judgeable(typed).replaceAll(/[\s\p{Dash_Punctuation}]/gu, ""))
  .refine((typed) => typed !== "", { error: "text/missing", abort: true });
const isDigits = (typed: string) => /^\d{6}$/.test(typed);

/** The six digits that an officer's app shows. */
export const appCode = typedCode.refine(isDigits, { error: "second-step/impossible" });

/** Those, or a recovery code. */
export const EnterCode = z.object({
  code: typedCode.refine((typed) => isDigits(typed) || readRecoveryCode(typed) !== null, { error: "second-step/neither" }),
});
export type EnterCode = z.infer<typeof EnterCode>;

export type Entered = { readonly ended: "open" } | { readonly ended: "wrong" } | { readonly ended: "locked"; readonly until: Date };

/**
 * The second step of a sign-in: opens the session of `token`. Wrong codes, of the app or for recovery, are counted together by officer, as
 * wrong passwords are by login. The lock of the second step is held from the first question on: no code is good twice.
 * Refusals: session/unknown.
 */
export async function enterCode(town: Town, by: Account, at: Date, what: EnterCode & { readonly token: string }): Promise<Entered> {
  const figures = await readSignInFigures(town);
  const counted: readonly Counted[] = [{ kind: "code", of: by.id }];
  return transact(town, async (town) => {
    const shared = await lockSecret(town, by.id);
    const step = shared === null ? null : matchingStep(shared.secret, what.code, at, shared.lastStep);
    const recovery = step === null && shared !== null ? await findRecovery(town, by.id, what.code) : null;
    const settled = await settleTry(town, at, { figures, counted, right: step !== null || recovery !== null });
    if (settled.ended === "locked") return settled;
    if (settled.ended === "wrong") {
      await tellFailure(town, by, at, { step: "second-step", figures, settled });
      return { ended: "wrong" };
    }
    if (step !== null) await keepStep(town, by.id, step);
    if (recovery !== null) {
      await endRecoveryCode(town, by.id, recovery);
      await appendEvent(town, by, at, { verb: "officer.recovery-code-used", subject: by });
    }
    const { numUpdatedRows } = await town.db
      .updateTable("people.session")
      .set({ opened_at: at })
      .where("town", "=", town.id)
      .where("account", "=", by.id)
      .where("token_hash", "=", hashOf(what.token))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal("session/unknown"); // ended meanwhile, from elsewhere
    await tellSignIn(town, by, at, { secondStep: true });
    return { ended: "open" };
  });
}

async function findRecovery(town: Town, account: string, typed: string): Promise<string | null> {
  const code = readRecoveryCode(typed);
  return code !== null && (await hasRecoveryCode(town, account, code)) ? code : null;
}

async function keepStep(town: Town, account: string, step: number): Promise<void> {
  await town.db.updateTable("people.totp").set({ last_step: step }).where("town", "=", town.id).where("account", "=", account).execute();
}
