/** The columns in use in such ledgers, in the order in which they stand beside each other. */
export const LEDGER_COLUMNS = [
  "number",
  "channels",
  "category",
  "theme",
  "campaign",
  "title",
  "details",
  "village",
  "place",
  "opened",
  "goal",
  "measures",
  "leaders",
  "unit",
  "assigned",
  "due",
  "originalDue",
  "light",
  "status",
  "progressCount",
  "progress",
  "done",
  "rectified",
  "checker",
  "check",
  "notice",
  "objections",
  "answers",
  "dismissal",
  "closed",
  "lookBacks",
  "relapses",
  "reports",
  "meToo",
] as const;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

/** What stands in records beside the problem: in an exported table only, a list would ask for each of its rows. */
const BESIDE = ["channels", "progress", "done", "checker", "check", "notice", "objections", "dismissal", "lookBacks"] as const;
type Beside = (typeof BESIDE)[number];

/** What the row of a problem says: these stand in the list, and it can be ordered by them. */
export type ListedColumn = Exclude<LedgerColumn, Beside>;

/** Whoever has chosen none sees these. */
export const USUAL_COLUMNS: readonly LedgerColumn[] = ["number", "title", "leaders", "unit", "light", "status"];

export function isLedgerColumn(said: string): said is LedgerColumn {
  return LEDGER_COLUMNS.some((column) => column === said);
}

export function isListed(column: LedgerColumn): column is ListedColumn {
  return !BESIDE.some((beside) => beside === column);
}

/** Of what was said the columns there are, in their own order; with them always the number and the matter, by which a row is known. */
export function columnsIn(said: readonly string[]): readonly LedgerColumn[] {
  return LEDGER_COLUMNS.filter((column) => column === "number" || column === "title" || said.includes(column));
}
