import { sql, type RawBuilder } from "kysely";
import type { Problem } from "#ledger/problem";
import { ordinalsTyped } from "#ledger/problem-number";
import { dayOf, type Day } from "#platform/instant";
import { keptPlan } from "#platform/kept-plans";
import { searchPieces, searchQuery, type Piece } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Directory } from "./directory.ts";
import { isCommon } from "./frequent-words.ts";
import { namesFoundIn } from "./names-found.ts";
import { conditions, isOfWork } from "./filter-conditions.ts";
import { COLUMNS, NAMES } from "./problem-columns.ts";
import { orderOf, type ProblemFilter } from "./problem-filter.ts";
import { FRONTS, placeIn, type Front } from "./problem-order.ts";
import { momentOf, type Moment } from "./remembered-totals.ts";

/** A page of the ledger in the filter's order. */
export type ProblemPage = Listed & {
  /** The filter's `before` for the page after it, null on the last page. */
  readonly next: string | null;
};

type Listed = Moment & {
  readonly version: number;
  readonly problems: readonly Problem[];
  /** How many entries the whole ledger has. */
  readonly numbered: number;
};

/** Where and when somebody asks, and how the names of the town are come by: a visit, say, or a program's question. */
export type Asked = {
  readonly town: Town;
  /** The names as they were last read. */
  readonly remembered: () => Promise<Directory>;
  readonly names: (version?: number) => Promise<Directory>;
  readonly at: Date;
};

type Row = Moment & { readonly directoryVersion: number; readonly numbered: number } & (Problem | { readonly id: null });

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
  const wanted = filter.limit + 1;
  const those = [...conditions(town, filter, dayOf(at)), ...(only === null ? [] : [only])];
  const order = orderOf(filter);
  const inOrder = order === "newest" ? await newestFirst(town, filter, those, sought) : frontFirst(filter, those, FRONTS[order], dayOf(at));
  const { problems, ...rest } = await withVersion(town, inOrder.page, inOrder.order, inOrder.isKept && only === null);
  const shown = problems.slice(0, filter.limit);
  const last = problems.length < wanted ? undefined : shown.at(-1);
  return { ...rest, problems: shown, next: last === undefined ? null : placeOf(filter, last) };
}

/** The entries of a page as a subquery, and the order in which it is read. */
type InOrder = { readonly page: RawBuilder<unknown>; readonly order: RawBuilder<unknown>; readonly isKept: boolean };

async function newestFirst(
  town: Town,
  filter: ProblemFilter,
  those: readonly RawBuilder<unknown>[],
  sought: Sought | null,
): Promise<InOrder> {
  const wanted = filter.limit + 1;
  const behind = filter.before === null ? [] : [sql`p.ordinal < ${placeIn(filter.before).ordinal}`];
  const where = sql.join([...those, ...behind], AND);
  const page = sought === null ? walked(where, wanted) : await searched(town, sought, where, wanted);
  const isKept = those.length + behind.length <= MOST_KEPT_CONDITIONS && isShort(sought) && WRITTEN_LIMITS.has(wanted);
  return { page, order: sql`p.ordinal desc`, isKept };
}

/** Those in front by their own index, all others behind them as they are listed without: no more is read of either than a page shows. */
function frontFirst(filter: ProblemFilter, those: readonly RawBuilder<unknown>[], front: Front, today: Day): InOrder {
  const place = filter.before === null ? null : placeIn(filter.before);
  const behind = place === null ? [] : [place.front === null ? sql`false` : front.behind(place)];
  const passed = place === null || place.front !== null ? [] : [sql`p.ordinal < ${place.ordinal}`];
  const [red, late] = filter.light === "red" ? front.red(today) : [sql`true`, sql`true`];
  const inFront = sql`select ${COLUMNS} from ledger.problem p where ${sql.join([...those, front.holds, red, ...behind], AND)}
    order by ${front.by} limit ${filter.limit + 1}`;
  const others = walked(sql.join([...those, sql`not (${front.holds})`, late, ...passed], AND), filter.limit + 1);
  const page = front === FRONTS.waiting && isOfWork(filter.light) ? inFront : sql`(${inFront}) union all (${others})`;
  const order = sql`${front.holds} desc, case when ${front.holds} then ${front.turn} end,
    case when ${front.holds} then p.ordinal else -p.ordinal end`;
  return { page, order, isKept: false };
}

function placeOf(filter: ProblemFilter, last: Problem): string {
  const order = orderOf(filter);
  if (order === "newest") return last.number;
  const front = FRONTS[order];
  return front.statuses.includes(last.status) ? front.placeOf(last) : last.number;
}

/** What is being worked on, the most urgent first: overdue, then by the day it is due. */
export async function listInHand(town: Town, limit: number): Promise<Listed> {
  const page = sql`select ${COLUMNS} from ledger.problem p where p.town = ${town.id} and p.status = 'assigned'
      order by p.due_on, p.ordinal limit ${limit}`;
  return withVersion(town, page, sql`p."dueOn", p.ordinal`);
}

async function withVersion(town: Town, page: RawBuilder<unknown>, order: RawBuilder<unknown>, isKept = false) {
  const { rows } = await sql<Row>`${isKept ? keptPlan() : sql``}
    select t.directory_version as "directoryVersion",
      coalesce((select sum(n.last)::int from ledger.number_given n where n.town = t.town), 0) as numbered,
      ${momentOf(town)}, p.*
    from people.town t left join lateral (${page}) p on true
    where t.town = ${town.id}
    order by ${order}`.execute(town.db);
  const [first] = rows;
  if (first === undefined) throw new Error(`couldn't list problems: no town ${town.id}`);
  const { directoryVersion: version, numbered, leaves, isSettled } = first;
  return { version, numbered, leaves, isSettled, problems: rows.filter((row) => row.id !== null) };
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
export const MOST_KEPT_CONDITIONS = 4;
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

const AND = sql` and `;
