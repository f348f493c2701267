import { sql } from "kysely";
import { holdCursor } from "#log/cursor";
import { transact, type Town } from "#platform/town";
import { amountsAfter, historyOf, Sums, TALLIES } from "./follow-tallies.ts";

const AT_ONCE = 500;

/**
 * Counts everything again from the log, up to the leaf that the tallies have come to; nobody folds meanwhile. False when somebody is
 * folding just now.
 */
export async function countAgain(town: Town): Promise<boolean> {
  return transact(town, async (town) => {
    await sql`set local statement_timeout = 0`.execute(town.db);
    const position = await holdCursor(town, TALLIES);
    if (position === null) return false;
    const sums = new Sums();
    for await (const subjects of subjectsOf(town, position)) {
      const history = await historyOf(town, subjects, position);
      for (const told of Map.groupBy(history, ({ subject }) => subject).values()) sums.add(amountsAfter(told), 1);
    }
    await town.db.deleteFrom("publication.tally").where("town", "=", town.id).execute();
    await sums.keep(town);
    return true;
  });
}

/** Everything that was ever opened or received, once each, some at a time. */
async function* subjectsOf(town: Town, before: number): AsyncGenerator<readonly string[]> {
  for (let after = -1; ;) {
    const { rows } = await sql<{ subject: string; leaf: number }>`
      select e.subject, l.number as leaf
      from log.leaf l join audit.event e on e.town = l.town and e.id = l.event and e.verb in ('problem.opened', 'report.received')
      where l.town = ${town.id} and l.number > ${after} and l.number < ${before}
        and not exists (select from audit.event o
          where o.town = e.town and o.subject = e.subject and o.verb = e.verb and o.id < e.id)
      order by l.number limit ${AT_ONCE}`.execute(town.db);
    yield rows.map(({ subject }) => subject);
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.leaf ?? after;
  }
}
