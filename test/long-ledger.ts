import type { TestContext } from "node:test";
import { sql } from "kysely";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { aDoor } from "./door.ts";
import { aTown } from "./town.ts";

/** A town whose ledger has `count` entries, each but the first a copy of it, and its door. */
export async function aLongLedger(t: TestContext, count: number) {
  const its = await aTown(t);
  const { town, cast, categories, at } = its;
  const what = OpenProblem.parse({ title: "路灯不亮", category: categories.complaint });
  const { problem } = await openProblem(town, cast.qianWen, at, what);
  await sql`insert into ledger.problem select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(),
      'number', left(p.number, 8) || lpad((n + 1)::text, 4, '0'), 'ordinal', p.ordinal + n, 'search', ''))).*
    from ledger.problem p, generate_series(1, ${count - 1}::int) n where p.town = ${town.id} and p.id = ${problem}`.execute(town.db);
  await sql`update ledger.number_given set last = ${count} where town = ${town.id}`.execute(town.db);
  return { ...its, door: aDoor(its) };
}

/** The numbers of the entries in a table, in its order. */
export function numbersIn(table: string): readonly string[] {
  return [...table.matchAll(/^\uFEFF?"([A-Z]+-\d{4}-\d{4,})"/gm)].map(([, number = ""]) => number);
}
