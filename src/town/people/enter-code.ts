import { z } from "zod";
import { matchingStep } from "#standards/totp/totp";
import { judgeable } from "#platform/characters";
import { transact, type Town } from "#platform/town";
import type { Officer } from "./officer.ts";
import { hashOf } from "./session.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { settleTry, type Counted } from "./sign-in-gate.ts";
import { tellFailure } from "./tell-failure.ts";
import { tellSignIn } from "./tell-sign-in.ts";
import { lockSecret } from "./totp.ts";

export const typedCode = z
  .string({ error: "text/missing" })
  .max(40, { error: "text/too-long" })
  .transform((typed) => judgeable(typed).replaceAll(/[\s\p{Dash_Punctuation}]/gu, ""))
  .refine((typed) => typed !== "", { error: "text/missing", abort: true })
  .refine((typed) => /^\d{6}$/.test(typed), { error: "second-step/impossible" });

export const EnterCode = z.object({ code: typedCode });
export type EnterCode = z.infer<typeof EnterCode>;

export type Entered = { readonly ended: "open" } | { readonly ended: "wrong" } | { readonly ended: "locked"; readonly until: Date };

/** The second step of a sign-in: opens the session of `token`. Wrong codes are counted by officer, as wrong passwords are by login. */
export async function enterCode(town: Town, by: Officer, at: Date, what: EnterCode & { readonly token: string }): Promise<Entered> {
  const figures = await readSignInFigures(town);
  const counted: readonly Counted[] = [{ kind: "code", of: by.id }];
  return transact(town, async (town) => {
    const shared = await lockSecret(town, by.id);
    const step = shared === null ? null : matchingStep(shared.secret, what.code, at, shared.lastStep);
    const settled = await settleTry(town, at, { figures, counted, right: step !== null });
    if (settled.ended === "locked") return settled;
    if (step === null) {
      await tellFailure(town, by, at, { step: "second-step", figures, settled });
      return { ended: "wrong" };
    }
    await town.db.updateTable("people.totp").set({ last_step: step }).where("town", "=", town.id).where("account", "=", by.id).execute();
    await town.db
      .updateTable("people.session")
      .set({ opened_at: at })
      .where("town", "=", town.id)
      .where("token_hash", "=", hashOf(what.token))
      .execute();
    await tellSignIn(town, by, at, { secondStep: true });
    return { ended: "open" };
  });
}
