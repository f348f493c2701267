import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import type { Moved } from "./count-moved.ts";
import { appendEvent } from "./events.ts";
import type { Finding } from "./flag.ts";

/**
 * Each finding becomes one flag, however often it is found. Its id begins with the instant of what gave it away: what happened before that
 * answers no flag, whenever it is looked at. Returns those that are new, to be counted.
 */
export async function raiseFlags(town: Town, at: Date, since: Date, findings: readonly Finding[]): Promise<readonly Moved[]> {
  return transact(town, async (town) => {
    const moved: Moved[] = [];
    for (const { kind, problem, mark, about } of findings) {
      const flag = newId(since);
      const { rows } = await sql`
        insert into detector.flag (town, id, problem, kind, mark, about, raised_at)
        values (${town.id}, ${flag}, ${problem}, ${kind}, ${mark}, ${JSON.stringify(about)}::jsonb, ${at})
        on conflict (town, problem, kind, mark) do nothing returning id`.execute(town.db);
      if (rows.length === 0) continue;
      await appendEvent(town, SYSTEM, at, { verb: "flag.raised", subject: { kind: "problem", id: problem }, facts: { flag, kind } });
      moved.push({ kind, from: null, to: "open" });
    }
    return moved;
  });
}
