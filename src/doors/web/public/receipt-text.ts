import { clockOf, dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";

type Dated = { readonly receivedAt: Date; readonly firstReplyDueOn: Day | null };

/** The receipt as a plain file any phone opens. It says nothing of what was reported: files are passed on. */
export function receiptText(visit: Visit, { town }: Directory, code: string, report: Dated): string {
  const words = visit.words.report.receipt.file;
  const colon = visit.lang === "en" ? ": " : "：";
  const rows = [
    [words.code, code],
    [words.received, `${dayOf(report.receivedAt)} ${clockOf(report.receivedAt)}`],
    [words.firstReply, report.firstReplyDueOn ?? "—"],
    [words.track, new URL("/track", visit.program.origin).href],
    ...(town.phone === "" ? [] : [[visit.words.publicSide.orCall, `${town.phone} ${town.hours}`.trim()]]),
  ];
  return `\uFEFF${[words.heading(nameOf(visit, town)), "", ...rows.map((row) => row.join(colon)), "", words.keep, ""].join("\r\n")}`;
}
