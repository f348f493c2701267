import { sql, type RawBuilder } from "kysely";
import type { Light, Problem } from "#ledger/problem";
import { ordinalOf, ordinalsTyped } from "#ledger/problem-number";
import { dayOf, type Day } from "#platform/instant";
import { keptPlan } from "#platform/kept-plans";
import { searchPieces, searchQuery, type Piece } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Directory } from "./directory.ts";
import { isCommon } from "./frequent-words.ts";
import { namesFoundIn } from "./names-found.ts";
import { COLUMNS, NAMES } from "./problem-columns.ts";
import type { ProblemFilter } from "./problem-filter.ts";

/** A page of the ledger, newest first. `next` is the filter's `before` for the page after it, null on the last page. */
export type ProblemPage = { readonly version: number; readonly problems: readonly Problem[]; readonly next: string | null };

/** Where and when somebody asks, and how the names of the town are come by: a visit, say, or a program's question. */
export type Asked = {
  readonly town: Town;
  /** The names as they were last read. */
  readonly remembered: () => Promise<Directory>;
  readonly names: (version?: number) => Promise<Directory>;
  readonly at: Date;
};

type Row = { readonly directoryVersion: number } & (Problem | { readonly id: null });

/**
 * One page in one query. `version` (people.town.directory_version) comes back even when no entry does, so that a page can use the names it
 * remembers. What is searched for is looked up among those names too; when the query says that they moved on, it is asked once more.
 * `only` narrows the list further by a condition on the row `p` (the office's "mine").
 */
export async function listProblems(asked: Asked, filter: ProblemFilter, only: RawBuilder<unknown> | null = null): Promise<ProblemPage> {
  if (filter.q === "") return pageOf(asked, filter, only, null);
  const known = await asked.remembered();
  const page = await pageOf(asked, filter, only, soughtIn(known, asked.at, filter));
  if (page.version === known.version) return page;
  return pageOf(asked, filter, only, soughtIn(await asked.names(page.version), asked.at, filter));
}

async function pageOf(
  { town, at }: Asked,
  filter: ProblemFilter,
  only: RawBuilder<unknown> | null,
  sought: Sought | null,
): Promise<ProblemPage> {
  const today = dayOf(at);
  const wanted = filter.limit + 1;
  const those = conditions(town, filter, today);
  const where = sql.join(only === null ? those : [...those, only], AND);
  const page = sought === null ? walked(where, wanted) : await searched(town, sought, where, wanted);
  const isKept = only === null && those.length <= MOST_KEPT_CONDITIONS && isShort(sought) && WRITTEN_LIMITS.has(wanted);
  const { version, problems } = await withVersion(town, page, sql`p.ordinal desc`, isKept);
  const shown = problems.slice(0, filter.limit);
  return { version, problems: shown, next: problems.length > filter.limit ? (shown.at(-1)?.number ?? null) : null };
}

/** What is being worked on, the most urgent first: overdue, then by the day it is due. */
export async function listInHand(town: Town, limit: number): Promise<Omit<ProblemPage, "next">> {
  const page = sql`select ${COLUMNS} from ledger.problem p where p.town = ${town.id} and p.status = 'assigned'
      order by p.due_on, p.ordinal limit ${limit}`;
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
 * Plans are kept for the town and up to two filters and a turned page, and up to two pieces that are searched for: some hundred
 * statements at most, however many addresses are tried. The limit is written out in them: a kept plan that does not know it prepares for
 * a tenth of the ledger.
 */
const MOST_KEPT_CONDITIONS = 4;
const MOST_KEPT_PIECES = 2;
const WRITTEN_LIMITS: ReadonlyMap<number, RawBuilder<unknown>> = new Map([
  [21, sql`21`],
  [26, sql`26`],
]);

function isShort(sought: Sought | null): boolean {
  return sought === null || sought.pieces.length <= MOST_KEPT_PIECES;
}

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
  { pieces, ordinals }: Sought,
  where: RawBuilder<unknown>,
  wanted: number,
): Promise<RawBuilder<unknown>> {
  const limit = limitOf(wanted);
  const orNumbered = ordinals.length === 0 ? sql`` : sql` or p.ordinal = any (${ordinals}::bigint[])`;
  const literally = pieces.length === 0 ? sql`false` : sql.join(pieces.map(standsIn), AND);
  const found = sql`(p.search @@ ${searchQuery(town.id, pieces)}::tsquery and ${literally}${orNumbered})`;
  const indexed = sql`select ${COLUMNS} from ledger.problem p where ${where} and ${found}`;
  if (pieces.length > 0 && !(await isCommon(town, pieces)))
    return sql`select * from (${indexed} offset 0) p order by p.ordinal desc limit ${limit}`;
  return sql`
    with walked as materialized (
      select ${NAMES} from (select ${COLUMNS}, p.search_text from ledger.problem p where ${where} order by p.ordinal desc
        limit ${MOST_WALKED}) p
      where ${literally}${orNumbered} order by p.ordinal desc limit ${limit}
    )
    select * from walked where (select count(*) from walked) >= ${wanted}
    union all (
      select * from (${indexed} and (select count(*) from walked) < ${wanted} offset 0) p order by p.ordinal desc limit ${limit}
    )`;
}

/** What is searched for: pieces that must all be found, or the places in the ledger that a number may mean. */
type Sought = { readonly pieces: readonly Piece[]; readonly ordinals: readonly number[] };

/** A whole number of the ledger asks for its entry and for those that speak of it. */
function soughtIn(names: Directory, at: Date, { q }: ProblemFilter): Sought {
  const named = namesFoundIn(names);
  const pieces = searchPieces(q).map((letters) => ({ letters, named: named(letters) }));
  return { pieces, ordinals: ordinalsTyped(q, Number(dayOf(at).slice(0, 4))) };
}

/** A piece has no character that `like` takes for another: letters, digits, single spaces. */
function standsIn({ letters, named }: Piece): RawBuilder<unknown> {
  if (named.length === 0) return sql`p.search_text like ${`%${letters}%`}`;
  return sql`(p.search_text like ${`%${letters}%`} or p.village = any (${named}::uuid[])
    or p.unit = any (${named}::uuid[]) or p.leaders && ${named}::uuid[])`;
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

/** `lightOf` (#ledger/problem) as a condition on the row; a property test keeps the two in step. */
const LIT: Readonly<Record<Light, (today: Day) => RawBuilder<unknown>>> = {
  grey: () => sql`p.status in ('closed', 'dismissed', 'suspended')`,
  red: (today) =>
    sql`(p.status in ('opened', 'assigned') and p.due_on < ${today}::date or p.status in ('rectified', 'verified')
        and p.rectified_on > p.due_on)`,
  amber: (today) => sql`p.status in ('opened', 'assigned') and p.due_on >= ${today}::date and p.amber_on <= ${today}::date`,
  green: (today) =>
    sql`(p.status in ('opened', 'assigned') and (p.due_on is null or p.due_on >= ${today}::date and (p.amber_on is null
        or p.amber_on > ${today}::date)) or p.status in ('rectified', 'verified') and (p.due_on is null or p.rectified_on <= p.due_on))`,
};

const AND = sql` and `;
