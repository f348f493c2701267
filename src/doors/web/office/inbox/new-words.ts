import { unreadWords, type Report } from "#intake/queries";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { filterOf, reportAddress } from "./filter-address.ts";

/** What the reporter added and nobody has read, before everything else, with the button that says it is read. */
export function newWordsPanel(visit: Visit, report: Report): Html {
  const words = visit.words.office.inbox;
  const unread = unreadWords(report);
  if (unread.length === 0) return html``;
  const entry = ({ saidAt, text }: (typeof unread)[number]) =>
    html`<li>
      ${instantWords(visit, saidAt)}
      <p class="office-words">${text === "" ? words.photosAdded : text}</p>
    </li>`;
  return html`<section class="card office-report office-new-words" aria-labelledby="new-words">
    <h2 id="new-words">${words.newWords(unread.length)}</h2>
    <ol class="office-history">
      ${unread.map(entry)}
    </ol>
    <p class="hint">${words.newWordsHint}</p>
    ${formTag({
      action: reportAddress(filterOf(visit), `${report.id}/read`),
      hidden: seenIn(report),
      key: null,
      fields: html``,
      button: words.sendRead,
    })}
  </section>`;
}

/** What a form about a report tells of the words it was drawn with: what comes after the last of them was not read. */
export function seenIn(report: Report): Typed {
  const last = unreadWords(report).at(-1);
  return last === undefined ? {} : { seen: last.id };
}

/** Beside a report's title where several are listed. */
export function newWordsMark(visit: Visit, { unreadSince, disputedAt }: Pick<Report, "unreadSince" | "disputedAt">): Html {
  const { addedNew, disputedNew } = visit.words.office.inbox;
  const marks = [...(disputedAt === null ? [] : [disputedNew]), ...(unreadSince === null ? [] : [addedNew])];
  return html`${marks.map((mark) => html` <small class="office-mark office-new">${mark}</small>`)}`;
}
