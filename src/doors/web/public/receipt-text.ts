import type { Report } from "#intake/queries";
import { shortened } from "#platform/characters";
import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";

type Kept = Pick<Report, "title" | "sealed" | "receivedAt" | "firstReplyDueOn">;

/** The receipt as a plain file any phone opens: what it is about in its sender's sentence, and nothing of who that is. */
export function receiptText(visit: Visit, { town }: Directory, code: string, report: Kept): string {
  const words = visit.words.report.receipt.file;
  const colon = visit.lang === "en" ? ": " : "：";
  const rows = [
    [words.about, sentenceOf(visit, report)],
    [words.code, code],
    [words.received, `${dayOf(report.receivedAt)} ${clockOf(report.receivedAt)}`],
    [words.firstReply, report.firstReplyDueOn ?? "—"],
    [words.track, new URL("/track", visit.program.origin).href],
    ...(town.phone === "" ? [] : [[visit.words.publicSide.orCall, `${town.phone} ${town.hours}`.trim()]]),
  ];
  return `\uFEFF${[words.heading(nameOf(visit, town)), "", ...rows.map((row) => row.join(colon)), "", words.keep, ""].join("\r\n")}`;
}

/** The name of a receipt's file, with its day and what it is about, as a header gives it: two receipts are told apart in a folder. */
export function namedFile(visit: Visit, report: Kept, ending: string): string {
  const { receivedAt } = report;
  const about = shortened(sentenceOf(visit, report).replaceAll(/[\\/:*?"<>|]/g, " "), 30);
  const day = dayOf(receivedAt);
  const name = encodeURIComponent(`${visit.words.report.receipt.file.name} ${day} ${about}.${ending}`);
  return `filename="receipt-${day}.${ending}"; filename*=UTF-8''${name.replaceAll(/['()*]/g, escape)}`;
}

/** Whoever finds a receipt does not learn from it that somebody was reported. */
export function sentenceOf(visit: Visit, { sealed, title }: Pick<Report, "sealed" | "title">): string {
  return sealed ? visit.words.sealed.receipt : title;
}

/** RFC 5987: what encodeURIComponent leaves and a header may not hold. */
function escape(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}
