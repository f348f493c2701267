import { judgeable } from "#platform/characters";

/** More rows than any town has villages; a longer table goes in two parts. */
export const MOST_ROWS = 200;
const MOST_CELLS = 30;

/** The names under which a field may stand at the head of a column, by field; fields in the order in which they stand without heads. */
export type Heads = { readonly [field: string]: readonly string[] };

export type PastedRow = {
  /** Counted as in the table that was copied, its heading not. */
  readonly line: number;
  readonly cells: { readonly [field: string]: string };
  /** Adds up the rows above it. */
  readonly isSum: boolean;
};

export type Pasted = {
  readonly rows: readonly PastedRow[];
  /** Columns that nothing is made of, by their heads. */
  readonly ignored: readonly string[];
  readonly isTooLong: boolean;
};

/** Reads rows copied from Excel or WPS (a tab between cells), or typed with commas; a first row of known heads names the columns. */
export function readPasted(text: string, heads: Heads): Pasted {
  const table = tableOf(text).filter((row) => row.some((cell) => cell !== ""));
  const [first = []] = table;
  const known = first.map((cell) => fieldOf(cell, heads));
  const hasHeads = known.some((field) => field !== null);
  const fields: readonly (string | null)[] = hasHeads ? known : Object.keys(heads);
  const rows = hasHeads ? table.slice(1) : table;
  return {
    rows: rows.slice(0, MOST_ROWS).map((row, i) => ({ line: i + 1, cells: cellsOf(row, fields), isSum: SUM.test(row[0] ?? "") })),
    ignored: hasHeads ? first.filter((head, i) => head !== "" && known[i] === null) : [],
    isTooLong: rows.length > MOST_ROWS,
  };
}

const SUM = /^(合计|总计|小计|共计|total|sum)\s*[:：]?$/i;

function fieldOf(cell: string, heads: Heads): string | null {
  const head = judgeable(cell).toLowerCase();
  return Object.entries(heads).find(([, names]) => names.includes(head))?.[0] ?? null;
}

function cellsOf(row: readonly string[], fields: readonly (string | null)[]): PastedRow["cells"] {
  return Object.fromEntries(fields.flatMap((field, i) => (field === null ? [] : [[field, row[i] ?? ""] as const])));
}

/** Cells as a table program copies them: one with a line end or a separator in it stands in quotes. */
function tableOf(text: string): readonly (readonly string[])[] {
  const isSeparator = text.includes("\t") ? (sign: string) => sign === "\t" : (sign: string) => sign === "," || sign === "，";
  const table: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    const row = table.at(-1) ?? [];
    if (row.length < MOST_CELLS) row.push(cell.trim());
    cell = "";
  };
  for (let i = 0; i < text.length && table.length <= MOST_ROWS * 2; i += 1) {
    const sign = text.charAt(i);
    if (sign === '"' && isQuoted && text.charAt(i + 1) === '"') {
      cell += sign;
      i += 1;
    } else if (sign === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (!isQuoted && isSeparator(sign)) endCell();
    else if (!isQuoted && sign === "\n") {
      endCell();
      table.push([]);
    } else cell += sign;
  }
  endCell();
  return table;
}
