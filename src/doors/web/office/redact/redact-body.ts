import type { Markable, MarkedText } from "#publication/marked-words";
import type { About } from "#publication/redact-marked";
import type { RefusalCode } from "#refusals";
import { dayOf } from "#platform/instant";
import { part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { faultSummary, lineField, paragraphField } from "#doors/web/ui/field";
import { officeHead } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { sealOf } from "./redact-seen.ts";

/** A problem or a report whose words are covered. */
export type Place = {
  readonly about: About;
  /** Its page in the office. */
  readonly at: string;
  readonly name: string;
  readonly photos: readonly Photo[];
  /** Where its photos lie. */
  readonly files: string;
};

type Photo = {
  readonly sha256: string;
  readonly shownSha256: string;
  readonly thumbnailSha256: string | null;
  readonly redacted: boolean;
};

type Shown = {
  readonly texts: readonly Markable[];
  /** How they will stand; none before somebody looked. */
  readonly marked: readonly MarkedText[];
  readonly refused: RefusalCode | null;
  readonly drawn: Drawn;
};

/** Every text with a box that covers it whole, a field for words, and once they are marked how it will read. */
export function redactBody(visit: Visit, place: Place, { texts, marked, refused, drawn }: Shown): Html {
  const words = visit.words.office.redact;
  const back = html`<a class="btn" href="${place.at}">${visit.words.common.back}</a>`;
  const head = officeHead(words.title, place.name, back);
  if (refused !== null) return html`${head}<p class="office-refused">${visit.words.refusals.codes[refused]}</p>`;
  const isDone = visit.context.req.query("done") === "redact";
  return html`${head}
    ${faultSummary(visit, drawn.faults)}
    ${isDone ? html`<p class="alert alert-success" role="status">${words.done}</p>` : ""}
    <p class="hint">${words.under[place.about.kind]}</p>
    <section class="card office-panel" id="f-form">${markForm(visit, place, texts, marked, drawn)}</section>
    ${photosPanel(visit, place)}`;
}

function markForm(visit: Visit, place: Place, texts: readonly Markable[], marked: readonly MarkedText[], drawn: Drawn): Html {
  const words = visit.words.office.redact;
  if (texts.length === 0) return html`<p>${words.nothing}</p>`;
  const whole = new Set(drawn.lists["whole"]);
  return formTag({
    action: `${place.at}/redact`,
    hidden: { seen: marked.length === 0 ? "" : sealOf(marked) },
    key: drawn.key,
    fields: html`<mark-words data-hint="${words.selectHint}" data-button="${words.select}">
        <ul class="redact-texts">
          ${texts.map((one) => textLine(visit, one, whole.has(one.key)))}
        </ul>
        ${paragraphField(visit, { ...part(drawn, "words", words.words, words.wordsHint), rows: 3 })}
      </mark-words>
      ${lineField(visit, part(drawn, "reason", words.reason, words.reasonHint))}
      ${marked.length === 0 ? "" : preview(visit, marked)}`,
    button: buttons(visit, marked.length > 0),
  });
}

function textLine(visit: Visit, text: Markable, isWhole: boolean): Html {
  const words = visit.words.office.redact;
  return html`<li>
    <p class="hint">${labelOf(visit, text)}</p>
    <p class="office-words" data-text>${text.text}</p>
    <label class="form-check">
      <input class="form-check-input" type="checkbox" name="whole" value="${text.key}"${isWhole ? html` checked` : ""}>
      <span>${words.whole}</span>
    </label>
  </li>`;
}

/** `立项 · 怎么啦 · 7月28日 · 公开` */
function labelOf(visit: Visit, { verb, field, at, isPublic }: Markable): string {
  const words = visit.words.office.redact;
  const titles: { readonly [verb: string]: string } = visit.words.events.titles;
  const fields: { readonly [field: string]: string } = { ...visit.words.desk.told, ...words.fields };
  return [titles[verb] ?? verb, fields[field] ?? field, dayText(visit, dayOf(at)), isPublic ? words.open : words.notOpen].join(" · ");
}

/** Each text as it stands, what goes of it struck, and as it will be read. */
function preview(visit: Visit, marked: readonly MarkedText[]): Html {
  const words = visit.words.office.redact;
  const line = (one: MarkedText) =>
    html`<dt>${labelOf(visit, one)}</dt>
      <dd>
        <del>${one.text}</del>
        <ins>${one.left}</ins>
      </dd>`;
  return html`<section class="redact-preview" id="preview" aria-labelledby="preview-title" tabindex="-1" autofocus>
    <h2 id="preview-title">${words.preview}</h2>
    <p class="hint">${words.previewHint}</p>
    <dl>${marked.map(line)}</dl>
  </section>`;
}

/** Enter looks; only the second button, under the preview, covers. */
function buttons(visit: Visit, isSeen: boolean): Html {
  const words = visit.words.office.redact;
  return html`<button class="btn${isSeen ? "" : " btn-primary"}" type="submit" name="go" value="look">${words.look}</button>
    ${isSeen ? html`<button class="btn btn-primary" type="submit" name="go" value="cover">${words.cover}</button>` : ""}`;
}

/** Photos are covered, or withdrawn, each on its own page. */
function photosPanel(visit: Visit, { at, photos, files }: Place): Html {
  const words = visit.words.office.redact;
  const shown = photos.filter(({ redacted }) => !redacted);
  if (shown.length === 0) return html``;
  const one = ({ sha256, shownSha256, thumbnailSha256 }: Photo, position: number) =>
    html`<li>
      <img src="${files}/${thumbnailSha256 ?? shownSha256}" alt="${words.photo(position + 1)}" width="160" height="120" loading="lazy">
      <a href="/office/photos/${sha256}?from=${at}">${words.openPhoto(position + 1)}</a>
    </li>`;
  return html`<section class="card office-panel">
    <h2>${words.photos}</h2>
    <ul class="photo-row">
      ${shown.map(one)}
    </ul>
  </section>`;
}
