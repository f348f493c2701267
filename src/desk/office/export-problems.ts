import { sql } from "kysely";
import { THE_TOWN } from "#audit/the-town";
import type { Problem } from "#ledger/problem";
import { asActor, type Officer, whyNotDuty } from "#people/officer";
import type { Day } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { readDirectory } from "#publication/directory";
import { appendEvent } from "#publication/events";
import { COLUMNS } from "#publication/problem-columns";
import { filterQuery, type ProblemFilter } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { mineOf } from "./queries.ts";

/** One row of the exported ledger: the problem, and what the records beside it say last. */
export type ExportedProblem = Problem & {
  readonly channels: readonly string[];
  readonly lastProgress: string | null;
  readonly done: string | null;
  readonly finding: string | null;
  readonly checkedBy: string | null;
  readonly noticeUntil: Day | null;
  readonly objections: number;
  readonly ground: "untrue" | "not_ours" | "already_done" | null;
  readonly lookBacks: readonly { readonly dueOn: Day; readonly outcome: "held" | "relapsed" | null }[];
};

/** Chosen numbers, or what a filter means from where it stands; `mine`: of those that the officer answers for or works on. */
export type ExportProblems = { readonly numbers: readonly string[] } | Matching;
type Matching = { readonly filter: ProblemFilter; readonly mine: boolean; readonly most: typeof MOST_EXPORTED | typeof MOST_IN_PART };

/** No table a person opens is longer; what is longer is taken in parts. */
export const MOST_EXPORTED = 5000;
/** Of a table in parts; the page that offers one looks as far as where the next begins. */
export const MOST_IN_PART = 1000;
const PAGE = 100;

/** The rows to write into a table, newest first. That they left the house is an event; it names the filter, not the rows. */
export async function exportProblems(town: Town, by: Officer, at: Date, what: ExportProblems): Promise<readonly ExportedProblem[]> {
  refuse(whyNotDuty(by, "clerk", "handler", "leader", "office", "secretary", "verifier"));
  return transact(town, async (town) => {
    const ids = "numbers" in what ? await idsOf(town, what.numbers) : await idsMatching(town, by, at, what);
    const rows = await rowsOf(town, ids);
    const words = "filter" in what ? { filter: askedWords(what) } : {};
    await appendEvent(town, asActor(by), at, { verb: "problems.exported", subject: THE_TOWN, facts: { count: rows.length }, words });
    return rows;
  });
}

async function idsOf(town: Town, numbers: readonly string[]): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const rows = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("number", "in", numbers.slice(0, MOST_EXPORTED))
    .execute();
  return rows.map(({ id }) => id);
}

/** The address of a list that means the same. */
function askedWords({ filter, mine }: Matching): string {
  return [filterQuery(filter), mine ? "mine=1" : ""].filter((said) => said !== "").join("&");
}

async function idsMatching(town: Town, by: Officer, at: Date, { filter, mine, most }: Matching): Promise<readonly string[]> {
  const only = mine ? mineOf(town.id, by) : null;
  const names = await readDirectory(town);
  const ids: string[] = [];
  let before = filter.before;
  do {
    const page = await listProblems(
      { town, at, remembered: () => Promise.resolve(names), names: () => readDirectory(town) },
      { ...filter, before, limit: PAGE },
      only,
    );
    ids.push(...page.problems.map(({ id }) => id));
    before = page.next;
  } while (before !== null && ids.length < most);
  return ids.slice(0, most);
}

async function rowsOf(town: Town, ids: readonly string[]): Promise<readonly ExportedProblem[]> {
  const { rows } = await sql<ExportedProblem>`
    select ${COLUMNS},
      array(select distinct j.channel from ledger.joined_report j where j.town = p.town and j.problem = p.id
        and j.withdrawn_at is null and j.separated_at is null) as channels,
      (select g.note from ledger.progress g where g.town = p.town and g.problem = p.id order by g.id desc limit 1) as "lastProgress",
      (select r.done from ledger.rectification r where r.town = p.town and r.problem = p.id order by r.id desc limit 1) as done,
      k.finding, k.checked_by as "checkedBy", n.last_day as "noticeUntil",
      (select count(*)::int from verification.objection o where o.town = p.town and o.problem = p.id) as objections,
      (select d.ground from ledger.dismissal d where d.town = p.town and d.problem = p.id and d.decision = 'confirmed'
        order by d.id desc limit 1) as ground,
      coalesce((select json_agg(json_build_object('dueOn', l.due_on, 'outcome', l.outcome) order by l.due_on)
        from verification.look_back l where l.town = p.town and l.problem = p.id and l.dropped_at is null), '[]') as "lookBacks"
    from ledger.problem p
    left join lateral (select c.id, c.finding, c.checked_by from verification.check c where c.town = p.town and c.problem = p.id
      order by c.id desc limit 1) k on true
    left join verification.notice n on n.town = p.town and n."check" = k.id
    where p.town = ${town.id} and p.id = any (${ids}::uuid[])
    order by p.ordinal desc`.execute(town.db);
  return rows;
}
