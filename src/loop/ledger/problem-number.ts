import { judgeable, LONGEST_JUDGED, withPlainDashes } from "#platform/characters";

const YEAR = 10_000_000;
const YEARS_SEARCHED = 30;
/** What people write around a number: `编号 7`, `第7号`, `No. 7`, `#7`. */
const AROUND = /^(?:编号|第|NO\.?|#)[ :]?|号$/g;

/** The number of a problem as it is written, `SL-2026-0007`, in what somebody typed; null when it is none. */
export function numberOf(typed: string): string | null {
  const parts = /^([A-Z]{2,6})[- ]?(\d{4})-(\d{1,7})$/.exec(bare(typed));
  if (parts === null) return null;
  const [, prefix = "", year = "", sequence = ""] = parts;
  return Number(sequence) === 0 ? null : `${prefix}-${year}-${String(Number(sequence)).padStart(4, "0")}`;
}

/** The place in the ledger that a number stands for (year × 10,000,000 + sequence), or null when it is no number of a problem. */
export function ordinalOf(typed: string): number | null {
  const parts = /^[A-Z]+-(\d{4})-(\d+)$/.exec(numberOf(typed) ?? "");
  return parts === null ? null : Number(parts[1]) * YEAR + Number(parts[2]);
}

/**
 * The places a typed number may mean: `SL-2026-0007`, `2026-0007`, `0007` or `7`, in every year up to this one.
 * Empty when what was typed is not a number.
 */
export function ordinalsTyped(typed: string, thisYear: number): readonly number[] {
  const parts = /^(?:[A-Z]{2,6}[- ]?)?(?:(20\d\d)-)?(\d{1,7})$/.exec(bare(typed));
  if (parts === null) return [];
  const sequence = Number(parts[2]);
  if (parts[1] !== undefined) return [Number(parts[1]) * YEAR + sequence];
  return Array.from({ length: YEARS_SEARCHED }, (_, ago) => (thisYear - ago) * YEAR + sequence);
}

/** The place in the ledger before the first number of a year. */
export function startOfYear(year: number): number {
  return year * YEAR;
}

function bare(typed: string): string {
  if (typed.length > LONGEST_JUDGED) return "";
  return withPlainDashes(judgeable(typed).toUpperCase()).replaceAll(/ ?- ?/g, "-").replaceAll(AROUND, "").trim();
}
