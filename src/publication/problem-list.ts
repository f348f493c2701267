import { sql, type RawBuilder } from "kysely";
import type { Light, Problem } from "#ledger/problem";
import { ordinalOf, ordinalsTyped } from "#ledger/problem-number";
import type { Day } from "#platform/instant";
import { keptPlan } from "#platform/kept-plans";
import { searchPieces, searchQuery, searchWords } from "#platform/search-words";
import type { Town } from "#platform/town";
import { COLUMNS, NAMES } from "./problem-columns.ts";
import { isCommon } from "./frequent-words.ts";
import type { ProblemFilter } from "./problem-filter.ts";

/** A page of the ledger, newest first. `next` is the filter's `before` for the page after it, null on the last page. */
export type ProblemPage = { readonly version: number; readonly problems: readonly Problem[]; readonly next: string | null };

type Row = { readonly directoryVersion: number } & (Problem | { readonly id: null });

/**
 * One page in one query. `version` (people.town.directory_version) comes back even when no entry does,
 * so that a page can use the names it remembers. `only` narrows it further by a condition on the row `p` (the office's "mine").
 */
export async function listProblems(
  town: Town,
  filter: ProblemFilter,
  today: Day,
  only: RawBuilder<unknown> | null = null,
): Promise<ProblemPage> {
  const wanted = filter.limit + 1;
  const those = conditions(town, filter, today);
  const where = sql.join(only === null ? those : [...those, only], AND);
  const page = filter.q === "" ? walked(where, wanted) : await searched(town, filter, where, wanted, today);
  const isKept = only === null && those.length <= MOST_KEPT_CONDITIONS && WRITTEN_LIMITS.has(wanted);
  const { version, problems } = await withVersion(town, page, sql`p.ordinal desc`, isKept);
  const shown = problems.slice(0, filter.limit);
  return { version, problems: shown, next: problems.length > filter.limit ? (shown.at(-1)?.number ?? null) : null };
}

/** What is being worked on, the most urgent first: overdue, then by the day it is due. */
export async function listInHand(town: Town, limit: number): Promise<Omit<ProblemPage, "next">> {
  const page = sql`select ${COLUMNS} from ledger.problem p where p.town = ${town.id} and p.status = 'assigned' order by p.due_on, p.ordinal limit ${limit}`;
  return withVersion(town, page, sql`p."dueOn", p.ordinal`);
}

async function withVersion(town: Town, page: RawBuilder<unknown>, order: RawBuilder<unknown>, isKept = false) {
  const { rows } = await sql<Row>`${isKept ? keptPlan() : sql``}
    select t.directory_version as "directoryVersion", p.*
    from people.town t left join lateral (${page}) p on true
    where t.town = ${town.id}
    order by ${order}`.execute(town.db);
  const version = rows[0]?.directoryVersion;
  if (version === undefined) throw new Error(`couldn't list problems: no town ${town.id}`);
  return { version, problems: rows.filter((row) => row.id !== null) };
}

/** The page walks an index that ends in `ordinal` and stops when it is full. */
function walked(where: RawBuilder<unknown>, wanted: number): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from ledger.problem p where ${where} order by p.ordinal desc limit ${limitOf(wanted)}`;
}

function limitOf(wanted: number): RawBuilder<unknown> {
  return WRITTEN_LIMITS.get(wanted) ?? sql`${wanted}`;
}

/**
 * Plans are kept for the town and up to two filters and a turned page: some hundred statements at most, however many addresses
 * are tried. The limit is written out in them: a kept plan that does not know it prepares for a tenth of the ledger.
 */
const MOST_KEPT_CONDITIONS = 4;
const WRITTEN_LIMITS: ReadonlyMap<number, RawBuilder<unknown>> = new Map([
  [21, sql`21`],
  [26, sql`26`],
]);

/** At most so many of the newest entries are looked through before the word index is asked. */
const MOST_WALKED = sql`4000`;

/**
 * A word that stands on many entries fills a page from the newest few hundred or thousand, walked in order; only when
 * they don't fill it, and at once for a rare word, the word index gives all matches. The planner is not left to choose:
 * it multiplies the frequencies of a phrase's lexemes although they come together, and a wrong guess reads the whole
 * ledger (measured at 1,000,000 entries in docs/performance.md). `offset 0` keeps the order out of the index scan.
 */
async function searched(
  town: Town,
  filter: ProblemFilter,
  where: RawBuilder<unknown>,
  wanted: number,
  today: Day,
): Promise<RawBuilder<unknown>> {
  const limit = limitOf(wanted);
  const words = searchWords(town.id, filter.q);
  const pieces = searchPieces(filter.q).map((piece) => `%${piece.replaceAll(/[\\%_]/g, "\\$&")}%`);
  const numbered = ordinalsTyped(filter.q, Number(today.slice(0, 4)));
  const orNumbered = numbered.length === 0 ? sql`` : sql` or p.ordinal = any (${numbered}::bigint[])`;
  const literally = sql`p.search_text like all (${pieces}::text[])`;
  const word = words.length === 0 ? sql`false` : sql`p.search @@ ${searchQuery(town.id, filter.q)}::tsquery and ${literally}`;
  const indexed = sql`select ${COLUMNS} from ledger.problem p where ${where} and (${word}${orNumbered})`;
  if (words.length > 0 && !(await isCommon(town, words)))
    return sql`select * from (${indexed} offset 0) p order by p.ordinal desc limit ${limit}`;
  return sql`
    with walked as materialized (
      select ${NAMES} from (select ${COLUMNS}, p.search_text from ledger.problem p where ${where} order by p.ordinal desc limit ${MOST_WALKED}) p
      where ${literally}${orNumbered} order by p.ordinal desc limit ${limit}
    )
    select * from walked where (select count(*) from walked) >= ${wanted}
    union all (
      select * from (${indexed} and (select count(*) from walked) < ${wanted} offset 0) p order by p.ordinal desc limit ${limit}
    )`;
}

function conditions(town: Town, filter: ProblemFilter, today: Day): readonly RawBuilder<unknown>[] {
  const before = filter.before === null ? null : ordinalOf(filter.before);
  const those = [sql`p.town = ${town.id}`];
  if (filter.theme !== null) those.push(sql`p.theme = ${filter.theme}`);
  if (filter.status !== null) those.push(sql`p.status = ${filter.status}`);
  if (filter.unit !== null) those.push(sql`p.unit = ${filter.unit}`);
  if (filter.village !== null) those.push(sql`p.village = ${filter.village}`);
  if (filter.campaign !== null) those.push(sql`p.campaign = ${filter.campaign}`);
  if (filter.category !== null) those.push(sql`p.category = ${filter.category}`);
  if (filter.light !== null) those.push(LIT[filter.light](today));
  if (before !== null) those.push(sql`p.ordinal < ${before}`);
  return those;
}

/** `lampOf` (#ledger/problem) as a condition on the row; a property test keeps the two in step. */
const LIT: Readonly<Record<Light, (today: Day) => RawBuilder<unknown>>> = {
  grey: () => sql`p.status in ('closed', 'dismissed', 'suspended')`,
  red: (today) =>
    sql`(p.status in ('opened', 'assigned') and p.due_on < ${today}::date or p.status in ('rectified', 'verified') and p.rectified_on > p.due_on)`,
  amber: (today) => sql`p.status in ('opened', 'assigned') and p.due_on >= ${today}::date and p.amber_on <= ${today}::date`,
  green: (today) =>
    sql`(p.status in ('opened', 'assigned') and (p.due_on is null or p.due_on >= ${today}::date and (p.amber_on is null or p.amber_on > ${today}::date)) or p.status in ('rectified', 'verified') and (p.due_on is null or p.rectified_on <= p.due_on))`,
};

const AND = sql` and `;
