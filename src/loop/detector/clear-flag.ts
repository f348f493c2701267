import { sql } from "kysely";
import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockProblem, type Standing } from "#ledger/standing";
import { whyNotIndependent } from "#verification/gate";
import type { RefusalCode } from "#refusals";
import { countMoved } from "./count-moved.ts";
import { appendEvent } from "./events.ts";
import type { FlagKind, FlagState } from "./flag.ts";

export const ClearFlag = z.object({ flag: id, reason: openly(paragraph(1000)) });
export type ClearFlag = z.infer<typeof ClearFlag>;

/** Why the officer may not clear a flag of this problem: it takes a verifier, as independent as for a check. */
export function whyNotClearFlag(standing: Standing, by: Officer): RefusalCode | null {
  return whyNotDuty(by, "verifier") ?? whyNotIndependent(standing, by);
}

/**
 * A verifier has looked and found nothing wrong, for a public reason; or else reopens the problem (`reopenProblem`), which answers its
 * flags by itself. Refusals: officer/not-allowed, verifier/leads, verifier/worked-on-it, verifier/same-unit, flag/unknown, flag/cleared.
 */
export async function clearFlag(town: Town, by: Officer, at: Date, what: ClearFlag): Promise<void> {
  refuse(whyNotDuty(by, "verifier"));
  await transact(town, async (town) => {
    const problem = await problemOf(town, what.flag);
    refuse(whyNotClearFlag(await lockProblem(town, problem, null), by));
    const { kind, state } = await lockFlag(town, what.flag);
    refuse(state === "cleared" ? "flag/cleared" : null);
    await town.db
      .insertInto("detector.clearing")
      .values({ town: town.id, flag: what.flag, reason: what.reason, cleared_by: by.id, cleared_at: at })
      .execute();
    await town.db.updateTable("detector.flag").set({ state: "cleared" }).where("town", "=", town.id).where("id", "=", what.flag).execute();
    await appendEvent(town, asActor(by), at, {
      verb: "flag.cleared",
      subject: { kind: "problem", id: problem },
      facts: { flag: what.flag, kind, unit: by.unit },
      words: { reason: what.reason, verifier: by.name, unitName: await unitNameNow(town, by.unit) },
    });
    await countMoved(town, [{ kind, from: state, to: "cleared" }]);
  });
}

async function problemOf(town: Town, flag: string): Promise<string> {
  const row = await town.db
    .selectFrom("detector.flag")
    .select("problem")
    .where("town", "=", town.id)
    .where("id", "=", flag)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal("flag/unknown");
  return row.problem;
}

/** Held to the end of the transaction: the log may just be telling that the problem went back to work. */
async function lockFlag(town: Town, flag: string): Promise<{ readonly kind: FlagKind; readonly state: FlagState }> {
  const { rows } = await sql<{ kind: FlagKind; state: FlagState }>`
    select kind, state from detector.flag where town = ${town.id} and id = ${flag} for no key update`.execute(town.db);
  const [row] = rows;
  if (row === undefined) throw new Refusal("flag/unknown");
  return row;
}
