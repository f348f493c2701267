import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { keptDay } from "#doors/web/ui/day";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import { wayList } from "#doors/web/ui/way";
import type { Visit } from "#doors/web/visit";
import type { Kept } from "./kept-receipt.ts";
import { receiptImage } from "./receipt-picture.ts";

/** What the page of a receipt says of its own kind; `next` are entries of a list, `proof` a way among the others. */
type Own = {
  readonly at: "report" | "ledger";
  readonly says: Html | null;
  readonly next: Html;
  readonly proof: Html;
  readonly after: Html | null;
};

/** The code to keep: written, as a picture, as a file, on paper. */
export async function receiptPage(visit: Visit, token: string, kept: Kept, { at, says, next, proof, after }: Own): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.receipt;
  visit.context.header("cache-control", "no-store");
  const body = html`<div class="narrow">
    <div class="receipt">
      <h1 class="receipt-title">${words.panel}</h1>
      <p class="receipt-code serif">${kept.code}</p>
      <p class="receipt-keep">${words.keep}</p>
    </div>
    <p class="receipt-about">${kept.sentence} · ${words.about(keptDay(visit, dayOf(kept.receivedAt)))}</p>
    ${says}
    <copy-text data-label="${words.copy}" data-done="${words.copied}" data-text="${kept.code}"></copy-text>
    <h2 class="no-print">${words.card.show}</h2>
    <p class="no-print">${words.pictureHint}</p>
    ${receiptImage(visit, names, kept, `/receipt/${token}/receipt.png`)}
    <h2>${visit.words.way.title}</h2>
    ${wayList(visit, kept.way)}
    <h2>${words.nextTitle}</h2>
    <ol class="next">
      ${next}
    </ol>
    ${phoneLine(visit, names)}
    <div class="ways receipt-acts">
      <form method="post" action="/track">
        <input type="hidden" name="code" value="${kept.code}">
        <button class="btn btn-primary btn-lg" type="submit">${words.track}</button>
      </form>
      <a class="btn btn-lg" href="/receipt/${token}/receipt.txt" download>${words.save}</a>
      ${proof}
      <print-page data-label="${words.print}"></print-page>
    </div>
    ${after}
  </div>`;
  return publicPage(visit, names, { title: words.title, at, body });
}
