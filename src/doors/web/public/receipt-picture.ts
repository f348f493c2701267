import { receiptCode, showReceiptCode } from "#intake/receipt-code";
import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { keptDay } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";
import { drawCard } from "./draw-card.ts";
import { receiptCard, type Card } from "./receipt-card.ts";
import { namedFile, sentenceOf } from "./receipt-text.ts";
import type { ReportStory } from "./track/report-story.ts";
import { wayOfReport } from "./way.ts";

/** The receipt as a picture, to be kept by a long press where nothing can be saved as a file. It lies under an address without the code. */
export async function receiptPicture(visit: Visit, names: Directory, story: ReportStory): Promise<Response> {
  const png = await drawCard(receiptCard(cardOf(visit, names, story)).svg);
  return visit.context.body(new Uint8Array(png), 200, {
    "content-type": "image/png",
    "content-disposition": `inline; ${namedFile(visit, story.report, "png")}`,
    "cache-control": "no-store",
  });
}

export function receiptImage(visit: Visit, names: Directory, story: ReportStory, src: string): Html {
  const card = cardOf(visit, names, story);
  const { width, height } = receiptCard(card);
  const alt = visit.words.report.receipt.card.alt(card.heading, card.sentence, card.code, firstReply(visit, story));
  return html`<img class="keep" src="${src}" width="${width}" height="${height}" alt="${alt}" loading="lazy">`;
}

function cardOf(visit: Visit, names: Directory, story: ReportStory): Card {
  const { report, problem, round, questions } = story;
  const words = visit.words.report.receipt;
  const way = wayOfReport(report, problem, round, questions, visit.at);
  const present = way.stops.indexOf(way.present);
  return {
    heading: words.card.heading(nameOf(visit, names.town)),
    received: words.about(`${keptDay(visit, dayOf(report.receivedAt))} ${clockOf(report.receivedAt)}`),
    sentence: sentenceOf(visit, report),
    codeHint: words.card.codeHint,
    code: showReceiptCode(receiptCode(visit.town.keys, report.id)),
    told: [[words.card.firstReply, firstReply(visit, story)]],
    scan: words.card.scan,
    stops: way.stops.map((which, i) => ({
      name: visit.words.way.stops[which],
      state: i < present ? "was" : i > present ? "ahead" : "now",
    })),
    last: words.card.last,
    track: new URL("/track", visit.program.origin),
  };
}

function firstReply(visit: Visit, { report }: ReportStory): string {
  const words = visit.words.report.receipt.card;
  return report.firstReplyDueOn === null ? words.soon : words.before(keptDay(visit, report.firstReplyDueOn));
}
