import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import { readCalendar } from "#limits/calendar";
import { lockProblems } from "#ledger/standing";
import { readPolicy } from "#people/policy";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { addWorkingDays } from "#standards/workdays/workdays";
import type { Moved } from "./count-moved.ts";
import { appendEvent } from "./events.ts";
import type { Finding } from "./flag.ts";

/**
 * Each finding becomes one flag, however often it is found, and stands in the way of the closing from then on. Its id begins with the
 * instant of what gave it away: what happened before that answers no flag, whenever it is looked at. Returns those that are new, to be
 * counted.
 */
export async function raiseFlags(town: Town, at: Date, since: Date, findings: readonly Finding[]): Promise<readonly Moved[]> {
  if (findings.length === 0) return [];
  return transact(town, async (town) => {
    await lockProblems(
      town,
      findings.map(({ problem }) => problem),
    );
    const { flagWorkingDays: workingDays } = await readPolicy(town);
    const dueOn = addWorkingDays(await readCalendar(town), dayOf(at), workingDays);
    const moved: Moved[] = [];
    for (const { kind, problem, mark, about } of findings) {
      const flag = newId(since);
      const { rows } = await sql`
        insert into verification.flag (town, id, problem, kind, mark, about, raised_at, working_days, due_on)
        values (${town.id}, ${flag}, ${problem}, ${kind}, ${mark}, ${JSON.stringify(about)}::jsonb, ${at}, ${workingDays}, ${dueOn}::date)
        on conflict (town, problem, kind, mark) do nothing returning id`.execute(town.db);
      if (rows.length === 0) continue;
      await appendEvent(town, SYSTEM, at, {
        verb: "flag.raised",
        subject: { kind: "problem", id: problem },
        facts: { flag, kind, dueOn, workingDays },
      });
      moved.push({ kind, from: null, to: "open" });
    }
    return moved;
  });
}
