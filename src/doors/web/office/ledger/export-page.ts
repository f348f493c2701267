import { lampOf } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { exportProblems, type ExportedProblem } from "#office/export-problems";
import { ProblemFilter, WHOLE_LEDGER } from "#publication/problem-filter";
import { readForm } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { lampWords } from "#doors/web/ui/lamp";
import { channelName } from "#doors/web/ui/told";
import { nameOf, type Visit } from "#doors/web/visit";
import { csvFile, csvOf } from "#doors/web/csv";

/** The ticked numbers, or everything the list's filter means when none is ticked, as a table to download. */
export async function exportLedger(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const numbers = sent.lists["number"] ?? [];
  const asked = ProblemFilter.safeParse(Object.fromEntries(new URLSearchParams(sent.typed["filter"] ?? "")));
  const filter = asked.success ? asked.data : WHOLE_LEDGER;
  const rows = await exportProblems(visit.town, signedIn(visit), visit.at, numbers.length > 0 ? { numbers } : { filter });
  const names = await visit.names();
  const { columns, file } = visit.words.office.bulk;
  const table = csvOf([Object.values(columns), ...rows.map((row) => Object.values(cellsOf(visit, names, row)))]);
  visit.context.header("cache-control", "no-store");
  return csvFile(visit, { ascii: `ledger-${dayOf(visit.at)}`, name: `${file}-${dayOf(visit.at)}` }, table);
}

type Cells = Record<keyof Visit["words"]["office"]["bulk"]["columns"], string | number>;

/** The columns in use in such ledgers (shared/ledger-practice.md §c1), in the order of the words' `columns`. */
function cellsOf(visit: Visit, names: Directory, row: ExportedProblem): Cells {
  const { bulk } = visit.words.office;
  const lamp = lampOf(row, dayOf(visit.at));
  return {
    number: row.number,
    channels: row.channels.map((channel) => channelName(visit, channel)).join(visit.words.events.list),
    category: nameOf(visit, names.categories.get(row.category)),
    theme: row.theme === null ? "" : nameOf(visit, names.themes.get(row.theme)),
    campaign: row.campaign === null ? "" : nameOf(visit, names.campaigns.get(row.campaign)),
    title: row.title,
    details: row.details,
    village: row.village === null ? "" : nameOf(visit, names.villages.get(row.village)),
    place: row.place,
    opened: row.openedOn,
    goal: row.goal,
    measures: row.measures.map((measure, i) => `${i + 1}. ${measure}`).join("\n"),
    leaders: row.leaders.map((id) => names.officers.get(id)?.name ?? "").join(visit.words.events.list),
    unit: row.unit === null ? "" : nameOf(visit, names.units.get(row.unit)),
    assigned: dayCell(row.assignedOn),
    due: dayCell(row.dueOn),
    originalDue: dayCell(row.originalDueOn),
    light: `${bulk.lights[lamp.light]} ${lampWords(visit, lamp)}`,
    status: visit.words.publicSide.ledger.statuses[row.status],
    progressCount: row.progressCount,
    progress: row.lastProgress ?? "",
    done: row.done ?? "",
    rectified: dayCell(row.rectifiedOn),
    checker: row.checkedBy === null ? "" : (names.officers.get(row.checkedBy)?.name ?? ""),
    check: row.finding ?? "",
    notice: dayCell(row.noticeUntil),
    objections: row.objections,
    answers: `${row.answeredCount}；${row.solvedCount}；${row.satisfiedCount}`,
    dismissal: row.ground === null ? "" : bulk.grounds[row.ground],
    closed: dayCell(row.closedOn),
    lookBacks: row.lookBacks.map(({ dueOn, outcome }) => (outcome === null ? dueOn : `${dueOn} ${bulk.outcomes[outcome]}`)).join("；"),
    relapses: row.relapseCount,
    reports: row.reportCount,
    meToo: row.meTooCount,
  };
}

function dayCell(day: Day | null): string {
  return day ?? "";
}
