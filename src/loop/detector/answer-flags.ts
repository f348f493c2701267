import { sql, type RawBuilder } from "kysely";
import { named, type PlacedEvent } from "#log/follower";
import { lowestIdAt } from "#platform/ids";
import type { Town } from "#platform/town";
import type { Moved } from "./count-moved.ts";
import type { FlagKind } from "./flag.ts";

/** The problem went back to work: whatever had been open about it is answered. Returns what moved, to be counted. */
export async function answerFlags(town: Town, event: PlacedEvent): Promise<readonly Moved[]> {
  return answer(town, event, sql`true`);
}

/** A look-back that was skipped was done at last. */
export async function answerLookBack(town: Town, event: PlacedEvent): Promise<readonly Moved[]> {
  return answer(town, event, sql`kind = 'look-back-skipped' and mark = ${named(event, "lookBack")}`);
}

async function answer(town: Town, { subject, at }: PlacedEvent, which: RawBuilder<unknown>): Promise<readonly Moved[]> {
  const after = lowestIdAt(new Date(at.getTime() + 1));
  const { rows } = await sql<{ kind: FlagKind }>`
    update detector.flag set state = 'acted'
    where town = ${town.id} and problem = ${subject} and state = 'open' and id < ${after} and ${which} returning kind`.execute(town.db);
  return rows.map(({ kind }) => ({ kind, from: "open", to: "acted" }));
}
