import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { exportProblems, MOST_EXPORTED, MOST_IN_PART, type ExportedProblem } from "#office/export-problems";
import { columnsIn, LEDGER_COLUMNS, type LedgerColumn } from "#office/ledger-columns";
import { ProblemFilter, WHOLE_LEDGER } from "#publication/problem-filter";
import { readForm } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { partIn, partName } from "#doors/web/ui/file-parts";
import { channelName } from "#doors/web/ui/told";
import type { Visit } from "#doors/web/visit";
import { csvFile, csvOf } from "#doors/web/csv";
import { cellsOf, dayCell } from "./column-cells.ts";

/**
 * The ticked numbers, or everything the list's filter means when none is ticked, as a table to download: with the columns that the list
 * has, or with all.
 */
export async function exportLedger(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const numbers = sent.lists["number"] ?? [];
  const parsed = ProblemFilter.safeParse(Object.fromEntries(new URLSearchParams(sent.typed["filter"] ?? "")));
  const filter = parsed.success ? parsed.data : WHOLE_LEDGER;
  const asked = {
    filter,
    mine: sent.typed["mine"] === "1",
    most: sent.typed["part"] === undefined ? MOST_EXPORTED : MOST_IN_PART,
  } as const;
  const rows = await exportProblems(visit.town, signedIn(visit), visit.at, numbers.length > 0 ? { numbers } : asked);
  const names = await visit.names();
  const { columns: called, file } = visit.words.office.bulk;
  const chosen = sent.typed["columns"] ?? "";
  const columns = chosen === "" ? LEDGER_COLUMNS : columnsIn(chosen.split(","));
  const lines = rows.map((row) => exportedCells(visit, names, row)).map((cells) => columns.map((column) => cells[column]));
  const table = csvOf([columns.map((column) => called[column]), ...lines]);
  visit.context.header("cache-control", "no-store");
  const [part, today] = [partIn(sent.typed["part"]), dayOf(visit.at)];
  return csvFile(visit, { ascii: partName(`ledger-${today}`, part), name: partName(`${file}-${today}`, part) }, table);
}

/** Beside what the problem's own row says, what the records about it say last. */
function exportedCells(visit: Visit, names: Directory, row: ExportedProblem): Readonly<Record<LedgerColumn, string | number>> {
  const { bulk } = visit.words.office;
  return {
    ...cellsOf(visit, names, row),
    channels: row.channels.map((channel) => channelName(visit, channel)).join(visit.words.events.list),
    progress: row.lastProgress ?? "",
    done: row.done ?? "",
    checker: row.checkedBy === null ? "" : (names.officers.get(row.checkedBy)?.name ?? ""),
    check: row.finding ?? "",
    notice: dayCell(row.noticeUntil),
    objections: row.objections,
    dismissal: row.ground === null ? "" : bulk.grounds[row.ground],
    lookBacks: row.lookBacks.map(({ dueOn, outcome }) => (outcome === null ? dueOn : `${dueOn} ${bulk.outcomes[outcome]}`)).join("；"),
  };
}
