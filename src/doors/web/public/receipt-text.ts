import { shortened } from "#platform/characters";
import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { nameOf, type Visit } from "#doors/web/visit";
import type { Kept } from "./kept-receipt.ts";

/** The receipt as a plain file any phone opens: what it is about in its sender's sentence, and nothing of who that is. */
export function receiptText(visit: Visit, { town }: Directory, kept: Kept): string {
  const words = visit.words.report.receipt.file;
  const colon = visit.lang === "en" ? ": " : "：";
  const rows = [
    [words.about, kept.sentence],
    [words.code, kept.code],
    [words.received, `${dayOf(kept.receivedAt)} ${clockOf(kept.receivedAt)}`],
    kept.told.file,
    [words.track, new URL("/track", visit.program.origin).href],
    ...(town.phone === "" ? [] : [[visit.words.publicSide.orCall, `${town.phone} ${town.hours}`.trim()]]),
  ];
  const { heading, keep } = kept.file;
  return `\uFEFF${[heading(nameOf(visit, town)), "", ...rows.map((row) => row.join(colon)), "", keep, ""].join("\r\n")}`;
}

/** The name of a receipt's file, with its day and what it is about, as a header gives it: two receipts are told apart in a folder. */
export function namedFile(visit: Visit, { sentence, receivedAt }: Pick<Kept, "sentence" | "receivedAt">, ending: string): string {
  const about = shortened(sentence.replaceAll(/[\\/:*?"<>|]/g, " "), 30);
  const day = dayOf(receivedAt);
  const name = encodeURIComponent(`${visit.words.report.receipt.file.name} ${day} ${about}.${ending}`);
  return `filename="receipt-${day}.${ending}"; filename*=UTF-8''${name.replaceAll(/['()*]/g, escape)}`;
}

/** RFC 5987: what encodeURIComponent leaves and a header may not hold. */
function escape(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}
