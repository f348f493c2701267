import { lampOf, type Problem } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { filterQuery, ProblemFilter } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { csvFile, csvOf, linkNext } from "#doors/web/csv";
import { errorPage } from "#doors/web/error-pages";
import { partAsked, partName, partQuery } from "#doors/web/ui/file-parts";
import { lampWords } from "#doors/web/ui/lamp";
import { nameOf, type Visit } from "#doors/web/visit";

/** No file of the ledger is longer; what follows is a file of its own (`ledger-files.ts`). */
export const MOST_IN_FILE = 500;

/** What the ledger lists, as a table to keep, in the order of the list. */
export async function ledgerFile(visit: Visit): Promise<Response> {
  const words = visit.words.publicSide.ledger;
  const parsed = ProblemFilter.safeParse(visit.context.req.query());
  if (!parsed.success) return errorPage(visit, 400, words.unreadable, words.unreadableHint);
  // What is found by words is shown and turned page by page: to fill a file with it the whole ledger would be looked through.
  if (parsed.data.q !== "") return visit.context.redirect(`/ledger?${filterQuery(parsed.data)}`, 303);
  const { version, problems, next } = await listProblems(visit, { ...parsed.data, limit: MOST_IN_FILE });
  const names = await visit.names(version);
  const rows = problems.map((problem) => cellsOf(visit, names, problem));
  const today = dayOf(visit.at);
  const table = csvOf([Object.values(words.columns), ...rows.map((row) => Object.values(row))]);
  const part = partAsked(visit);
  if (next !== null) linkNext(visit, fileAddress({ ...parsed.data, before: next }, part + 1));
  return csvFile(visit, { ascii: partName(`ledger-${today}`, part), name: partName(`${words.title}-${today}`, part) }, table);
}

/** A part of the table, by where it begins. */
export function fileAddress(filter: ProblemFilter, part: number): string {
  const query = partQuery(filterQuery(filter), part);
  return query === "" ? "/ledger.csv" : `/ledger.csv?${query}`;
}

type Cells = Record<keyof Visit["words"]["publicSide"]["ledger"]["columns"], string | number>;

/** In the order of the words' `columns`: what the entries' own pages say. */
function cellsOf(visit: Visit, names: Directory, problem: Problem): Cells {
  const words = visit.words.publicSide.ledger;
  const named = (of: Parameters<typeof nameOf>[1]) => (of === undefined ? "" : nameOf(visit, of));
  const lamp = lampOf(problem, dayOf(visit.at));
  return {
    number: problem.number,
    title: problem.title,
    status: words.statuses[problem.status],
    light: lampWords(visit, lamp),
    category: named(names.categories.get(problem.category)),
    theme: named(names.themes.get(problem.theme ?? "")),
    campaign: named(names.campaigns.get(problem.campaign ?? "")),
    village: named(names.villages.get(problem.village ?? "")),
    place: problem.place,
    measures: problem.measures.map((measure, i) => `${i + 1}. ${measure}`).join("\n"),
    goal: problem.goal,
    leaders: problem.leaders.map((id) => names.officers.get(id)?.name ?? "").join(visit.words.events.list),
    unit: named(names.units.get(problem.unit ?? "")),
    opened: problem.openedOn,
    due: problem.dueOn ?? "",
    originalDue: problem.originalDueOn ?? "",
    rectified: problem.rectifiedOn ?? "",
    closed: problem.closedOn ?? "",
    reports: problem.reportCount,
    meToo: problem.meTooCount,
    answered: problem.answeredCount,
    solved: problem.solvedCount,
    satisfied: problem.satisfiedCount,
    relapses: problem.relapseCount,
    page: `${visit.program.origin.origin}/ledger/${problem.number}`,
  };
}
