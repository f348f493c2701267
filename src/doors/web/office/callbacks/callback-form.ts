import type { Report } from "#intake/queries";
import type { CallBackDesk } from "#office/call-backs";
import type { Directory } from "#publication/directory";
import type { Answer, CallManner, Recorded } from "#verification/round";
import type { Identity } from "#vault/identity";
import { part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { clockWords } from "#doors/web/office/clock-words";
import { keptDraft } from "#doors/web/office/office-draft";
import { lineField, paragraphField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What the page of one reporter is drawn from. */
export type CallBackView = {
  readonly visit: Visit;
  readonly names: Directory;
  readonly desk: CallBackDesk;
  readonly report: Report | null;
  /** Who they are, and until when this officer may read it. */
  readonly opened: { readonly identity: Identity; readonly until: Date } | null;
  readonly drawn: Drawn;
};

/** By telephone where one is held, unless the officer goes there. */
export function mannerOf(visit: Visit, { question }: CallBackDesk): CallManner {
  const wanted = visit.context.req.query("manner");
  return wanted === "visit" || !question.callableBy.includes("phone") ? "visit" : "phone";
}

/** The exchange dials and nobody sees the number; without one, a look at it stands in the log. */
export function reachPanel(view: CallBackView): Html {
  const { visit, desk, opened } = view;
  const words = visit.words.office.callbacks;
  const manner = mannerOf(visit, desk);
  const address = `/office/callbacks/${desk.question.id}`;
  if (opened !== null) return openedPanel(visit, opened);
  if (manner === "phone" && visit.program.callGateway !== null)
    return html`<div class="call-dial">
      ${formTag({
        action: `${address}/call`,
        hidden: {},
        key: null,
        fields: lineField(visit, { ...part(view.drawn, "line", words.line, words.lineHint), type: "tel", autocomplete: "tel" }),
        button: html`<button class="btn" type="submit" data-key="KeyD">${words.dial} <kbd>d</kbd></button>`,
      })}
    </div>`;
  const look = html`<button class="btn" type="submit" data-key="KeyD">${words.look[manner]} <kbd>d</kbd></button>`;
  return html`<div class="call-dial">
    ${formTag({ action: `${address}/identity?manner=${manner}`, hidden: {}, key: null, fields: html``, button: look })}
    <span class="hint">${words.lookHint}</span>
  </div>`;
}

/** Leaves the page by itself when the look is over (browser/office.ts). */
function openedPanel(visit: Visit, { identity, until }: NonNullable<CallBackView["opened"]>): Html {
  const words = visit.words.office.callbacks;
  const fields = (["name", "phone", "address"] as const).filter((field) => identity[field] !== "");
  return html`<div class="call-dial office-identity" data-closes-at="${until.toISOString()}">
    ${fields.map(
      (field) =>
        html`<span>
          ${visit.words.common.identity[field]}
          <b>${field === "phone" ? html`<a href="tel:${identity.phone}">${identity.phone}</a>` : identity[field]}</b>
        </span>`,
    )}
    <span class="hint">${words.openUntil(clockWords(visit, until))}</span>
  </div>`;
}

/** What came of it: three answers, one press each; what the reporter said stands below the first two. */
export function askedPanel(view: CallBackView): Html {
  const { visit, desk, drawn } = view;
  const words = visit.words.office.callbacks;
  if (desk.refused !== null) return refusedPanel(view);
  const manner = mannerOf(visit, desk);
  const fault = drawn.faults["said"];
  const ownWords = paragraphField(visit, { ...part(drawn, "why", words.ownWords, words.ownWordsHint[manner]), required: false, rows: 3 });
  const fields = html`<fieldset class="call-acts" id="f-said" ${fault === undefined ? "" : html`aria-describedby="e-said"`}>
      <legend class="form-label">${words.asked}</legend>
      ${fault === undefined ? "" : html`<div class="fault" id="e-said">${fault}</div>`}
      <div class="call-three">
        ${said(view, "yes", words.solved, 1)}
        ${said(view, "no", words.notSolved, 2)}
        ${said(view, "nobody", words.nobody[manner](desk.question.attempts.length + 1), 3)}
      </div>
      ${desk.attemptRefused === null ? "" : html`<p class="hint" id="no-nobody">${visit.words.refusals.codes[desk.attemptRefused]}</p>`}
    </fieldset>
    <div class="call-said">
      ${satisfiedField(view)}
      <div>
        ${keptDraft(visit, `call-back/${desk.question.id}`, ownWords, drawn.status !== 200)}
      </div>
    </div>`;
  const button = html`<button class="btn btn-primary" type="submit">${words.send} <kbd>⏎</kbd></button>
    <span class="hint">${words.noMeans}</span>`;
  return formTag({ action: `/office/callbacks/${desk.question.id}`, hidden: { manner }, key: drawn.key, fields, button });
}

function said({ drawn, desk }: CallBackView, value: "yes" | "no" | "nobody", label: string, position: number): Html {
  const refused = value === "nobody" && desk.attemptRefused !== null;
  return html`<label>
    <input
      type="radio"
      name="said"
      value="${value}"
      data-key="Digit${position}"
      ${!refused && drawn.typed["said"] === value ? html`checked` : ""}
      ${refused ? html`disabled aria-describedby="no-nobody"` : ""}
    >
    <span class="btn"><kbd>${position}</kbd>${label}</span>
  </label>`;
}

function satisfiedField({ visit, drawn }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const chosen = drawn.typed["satisfied"] ?? "";
  const one = (value: string, label: string) =>
    html`<label>
      <input class="form-check-input" type="radio" name="satisfied" value="${value}" ${value === chosen ? html`checked` : ""}>
      ${label}
    </label>`;
  return html`<fieldset class="office-choice call-satisfied" id="f-satisfied">
    <legend class="form-label">${words.satisfied}</legend>
    ${one("yes", words.isSatisfied)} ${one("no", words.isNotSatisfied)} ${one("", words.unsaid)}
  </fieldset>`;
}

/** Answered already, or the time is over: what stands, and why nothing more is recorded. */
function refusedPanel({ visit, names, desk }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const { answer } = desk.question;
  const recorded = answer?.recorded ?? null;
  const why = desk.refused === null ? "" : visit.words.refusals.codes[desk.refused];
  return html`<h3>${words.recorded}</h3>
    ${answer === null ? "" : answerWords(visit, answer)}
    ${recorded === null ? "" : html`<p class="hint">${recordedWords(visit, names, recorded)}</p>`}
    <p class="office-refused">${why}</p>`;
}

function answerWords(visit: Visit, { solved, why }: Answer): Html {
  const words = visit.words.office.callbacks;
  return html`<p><b>${solved ? words.solved : words.notSolved}</b> ${why}</p>`;
}

function recordedWords(visit: Visit, names: Directory, { manner, by }: Recorded): string {
  const { recordedBy, manners } = visit.words.desk;
  return recordedBy(manners[manner], names.officers.get(by)?.name ?? "—");
}
