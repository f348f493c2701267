import { lampOf, STATUSES, type Problem } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { ListedColumn } from "#office/ledger-columns";
import { lampWords } from "#doors/web/ui/lamp";
import { nameOf, type Visit } from "#doors/web/visit";

/** What the row of a problem says, as a list and an exported table write it; empty where there is nothing. */
export function cellsOf(visit: Visit, names: Directory, row: Problem): Readonly<Record<ListedColumn, string | number>> {
  const { bulk } = visit.words.office;
  const named = (of: Parameters<typeof nameOf>[1]) => (of === undefined ? "" : nameOf(visit, of));
  const lamp = lampOf(row, dayOf(visit.at));
  return {
    number: row.number,
    category: nameOf(visit, names.categories.get(row.category)),
    theme: named(names.themes.get(row.theme ?? "")),
    campaign: named(names.campaigns.get(row.campaign ?? "")),
    title: row.title,
    details: row.details,
    village: named(names.villages.get(row.village ?? "")),
    place: row.place,
    opened: row.openedOn,
    goal: row.goal,
    measures: row.measures.map((measure, i) => `${i + 1}. ${measure}`).join("\n"),
    leaders: row.leaders.map((id) => names.officers.get(id)?.name ?? "").join(visit.words.events.list),
    unit: named(names.units.get(row.unit ?? "")),
    assigned: dayCell(row.assignedOn),
    due: dayCell(row.dueOn),
    originalDue: dayCell(row.originalDueOn),
    light: `${bulk.lights[lamp.light]} ${lampWords(visit, lamp)}`,
    status: visit.words.publicSide.ledger.statuses[row.status],
    progressCount: row.progressCount,
    rectified: dayCell(row.rectifiedOn),
    answers: `${row.answeredCount}；${row.solvedCount}；${row.satisfiedCount}`,
    closed: dayCell(row.closedOn),
    relapses: row.relapseCount,
    reports: row.reportCount,
    meToo: row.meTooCount,
  };
}

export function dayCell(day: Day | null): string {
  return day ?? "";
}

/** What a column is ordered by, where its words say it in another order than its meaning. */
export function turnOf(column: ListedColumn, problem: Problem, cells: ReturnType<typeof cellsOf>): string | number {
  if (column === "number") return problem.ordinal;
  if (column === "status") return STATUSES.indexOf(problem.status);
  return column === "answers" ? problem.answeredCount : cells[column];
}
