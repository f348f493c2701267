import type { Visit } from "#doors/web/visit";
import type { Day } from "#platform/instant";

type Dated = { readonly receivedAt: Date; readonly firstReplyDueOn: Day | null };

/** The receipt as a plain file any phone opens. It says nothing of what was reported: files are passed on. */
export function receiptText(visit: Visit, town: string, code: string, report: Dated): string {
  const words = visit.words.report.receipt.file;
  const colon = visit.lang === "en" ? ": " : "：";
  const rows = [
    [words.code, code],
    [words.received, chinaTime(report.receivedAt)],
    [words.firstReply, report.firstReplyDueOn ?? "—"],
    [words.track, new URL("/track", visit.program.origin).href],
  ];
  return `\uFEFF${[words.heading(town), "", ...rows.map((row) => row.join(colon)), "", words.keep, ""].join("\r\n")}`;
}

/** `2026-07-20 10:00` in China. */
function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
