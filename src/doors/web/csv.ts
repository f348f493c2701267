import { withoutTurns } from "#platform/characters";
import type { Visit } from "#doors/web/visit";

/**
 * A table as Excel and WPS open it: UTF-8 with a byte order mark, CRLF, every cell quoted (RFC 4180).
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const shown = withoutTurns(value);
  const safe = FORMULA.test(shown) ? `'${shown}` : shown;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Where the next part of a table is, for whoever reads it by program (RFC 8288). */
export function linkNext(visit: Visit, address: string): void {
  visit.context.header("link", `<${visit.program.origin.origin}${address}>; rel="next"`);
}

/** Sends a table as a file to keep, called `name` wherever a file's name may hold any letters, `ascii` elsewhere (RFC 6266). */
export function csvFile(visit: Visit, names: { readonly ascii: string; readonly name: string }, table: string): Response {
  visit.context.header("content-type", "text/csv; charset=utf-8");
  const { ascii, name } = names;
  visit.context.header("content-disposition", `attachment; filename="${ascii}.csv"; filename*=UTF-8''${encodeURIComponent(`${name}.csv`)}`);
  return visit.context.body(table);
}
