import { clockOf, dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { keptDay } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";
import { drawCard } from "./draw-card.ts";
import type { Kept } from "./kept-receipt.ts";
import { receiptCard, type Card } from "./receipt-card.ts";
import { namedFile } from "./receipt-text.ts";

/** The receipt as a picture, to be kept by a long press where nothing can be saved as a file. It lies under an address without the code. */
export async function receiptPicture(visit: Visit, names: Directory, kept: Kept): Promise<Response> {
  const png = await drawCard(receiptCard(cardOf(visit, names, kept)).svg);
  return visit.context.body(new Uint8Array(png), 200, {
    "content-type": "image/png",
    "content-disposition": `inline; ${namedFile(visit, kept, "png")}`,
    "cache-control": "no-store",
  });
}

export function receiptImage(visit: Visit, names: Directory, kept: Kept, src: string): Html {
  const card = cardOf(visit, names, kept);
  const { width, height } = receiptCard(card);
  const alt = visit.words.report.receipt.card.alt(card.heading, card.sentence, card.code, kept.told.picture.join(" "));
  return html`<img class="keep" src="${src}" width="${width}" height="${height}" alt="${alt}" loading="lazy">`;
}

function cardOf(visit: Visit, names: Directory, { code, sentence, receivedAt, told, way, last }: Kept): Card {
  const words = visit.words.report.receipt;
  const present = way.stops.indexOf(way.present);
  return {
    heading: words.card.heading(nameOf(visit, names.town)),
    received: words.about(`${keptDay(visit, dayOf(receivedAt))} ${clockOf(receivedAt)}`),
    sentence,
    codeHint: words.card.codeHint,
    code,
    told: [told.picture],
    scan: words.card.scan,
    stops: way.stops.map((which, i) => ({
      name: visit.words.way.stops[which],
      state: i < present ? "was" : i > present ? "ahead" : "now",
    })),
    last,
    track: new URL("/track", visit.program.origin),
  };
}
