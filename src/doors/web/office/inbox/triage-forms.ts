import type { FileKept } from "#evidence/queries";
import type { Report } from "#intake/queries";
import { REISSUE_MANNERS, whyNotPassToReceivers } from "#intake/report";
import type { RefusalCode } from "#refusals";
import type { Directory } from "#publication/directory";
import { part, type Drawn } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { categoryOptions, unsealedOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { candidateChoice, type Alike } from "#doors/web/office/candidates";
import { choiceField } from "#doors/web/office/desk/desk-fields";
import { themeOptions } from "#doors/web/office/theme-options";
import { lineField, paragraphField, selectField, type Option, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import type { Correction, TriageAct, WordAct } from "./triage-acts.ts";
import { filterOf, reportAddress } from "./filter-address.ts";
import { reasonFields } from "./reason-fields.ts";

/** What a form of triage is drawn from; `typed` holds what was sent when it comes back. */
export type TriageView = Pick<Drawn, "typed" | "lists" | "faults"> & {
  readonly visit: Visit;
  readonly names: Directory;
  readonly report: Report;
  readonly files: readonly FileKept[];
  /** Null: it took too long to look. */
  readonly candidates: readonly Alike[] | null;
  /** What its reporter added, as it may be passed on; or why not. */
  readonly passing: { readonly refused: RefusalCode | null; readonly text: string };
  /** Why no lost receipt of it can be reissued now; asked only where that form is open. */
  readonly reissuing: RefusalCode | null;
  /** What corrects what was decided of it, as far as there is anything to correct; null: it may. */
  readonly corrections: ReadonlyMap<Correction, RefusalCode | null>;
  /** The open form came back with what was sent. */
  readonly isReturned: boolean;
};

/** One form an act: an act without a form does not compile. */
export const TRIAGE_FORMS: Record<
  TriageAct | WordAct | Correction,
  {
    readonly fields: (view: TriageView) => Html;
    readonly send: `send${"Answer" | "Join" | "Open" | "Refer" | "Decline" | "Categorise" | "Reply" | "PassOn" | Correcting}`;
  }
> = {
  answer: { fields: answerFields, send: "sendAnswer" },
  join: { fields: joinFields, send: "sendJoin" },
  open: { fields: openFields, send: "sendOpen" },
  refer: { fields: referFields, send: "sendRefer" },
  decline: { fields: declineFields, send: "sendDecline" },
  categorise: { fields: categoriseFields, send: "sendCategorise" },
  reply: { fields: replyFields, send: "sendReply" },
  "pass-on": { fields: passOnFields, send: "sendPassOn" },
  "take-back": { fields: (view) => correctionFields(view, "correctionHint"), send: "sendTakeBack" },
  separate: { fields: (view) => correctionFields(view, "correctionHint"), send: "sendSeparate" },
  move: { fields: moveFields, send: "sendMove" },
  "undo-opening": { fields: (view) => correctionFields(view, "undoOpeningHint"), send: "sendUndoOpening" },
  "confirm-join": { fields: (view) => correctionFields(view, "confirmHint"), send: "sendConfirmJoin" },
};

type Correcting = "TakeBack" | "Separate" | "Move" | "UndoOpening" | "ConfirmJoin";

/** Why it is corrected, and who reads that. */
function correctionFields(view: TriageView, hint: "correctionHint" | "undoOpeningHint" | "moveHint" | "confirmHint"): Html {
  const words = view.visit.words.office.inbox;
  return paragraphField(view.visit, part(view, "reason", words.reason, words[hint]));
}

function moveFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  return html`${lineField(view.visit, part(view, "number", words.moveNumber, words.numberHint))}
  ${correctionFields(view, "moveHint")}`;
}

function answerFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  return paragraphField(view.visit, part(view, "text", words.answerText, words.answerHint));
}

/** Set where its reporter left it to the town, corrected where they chose another; they read which it is. A sealed one says so. */
function categoriseFields(view: TriageView): Html {
  const { visit, names, report } = view;
  const words = visit.words.office.inbox;
  const mayPass = whyNotPassToReceivers(report.status) === null;
  const options = (mayPass ? sealedMarked(visit, names) : unsealedOptions(visit, names)).filter(({ value }) => value !== report.category);
  return selectField(visit, {
    ...part(view, "category", words.category, words.categoriseHint),
    options,
    none: visit.words.office.calls.choose,
  });
}

function sealedMarked(visit: Visit, names: Directory): readonly Option[] {
  const { toReceivers } = visit.words.office.inbox;
  const isSealed = (id: string) => names.categories.get(id)?.sealed === true;
  return categoryOptions(visit, names).map((one) => (isSealed(one.value) ? { ...one, label: toReceivers(one.label) } : one));
}

/** Whoever waits for the first answer is told that this is none. */
function replyFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const hint = view.report.status === "received" ? words.replyHintWaiting : words.answerHint;
  return paragraphField(view.visit, part(view, "text", words.replyText, hint));
}

function passOnFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const typed: Typed = { text: view.passing.text, ...view.typed };
  return paragraphField(view.visit, { ...part({ ...view, typed }, "text", words.passOnText, words.passOnHint), rows: 5 });
}

function referFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  return html`${lineField(view.visit, part(view, "referredTo", words.referredToField, words.referHint))}
  ${paragraphField(view.visit, part(view, "reason", words.reason, words.reasonHint))}`;
}

function declineFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  return paragraphField(view.visit, part(view, "reason", words.reason, words.reasonHint));
}

function joinFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const fault = view.faults["problem"];
  const chosen = view.typed["problem"] ?? "";
  const typed: Typed = { number: view.visit.context.req.query("number") ?? "", ...view.typed };
  const candidates = (view.candidates ?? []).map((alike) => candidateChoice(view.visit, view.names, alike, alike.problem.id === chosen));
  return html`<fieldset class="field" id="f-problem" ${fault === undefined ? "" : html`aria-describedby="e-problem"`}>
      <legend class="form-label">${words.candidates}</legend>
      ${fault === undefined ? "" : html`<div class="fault" id="e-problem">${fault}</div>`}
      <p class="hint">${foundWords(view)}</p>
      ${candidates}
    </fieldset>
    ${lineField(view.visit, part({ ...view, typed }, "number", words.number, words.numberHint))}`;
}

function foundWords({ visit, candidates }: TriageView): string {
  const words = visit.words.office.inbox;
  if (candidates === null) return visit.words.common.alike.couldNotLook;
  return candidates.length === 0 ? words.noCandidates : words.candidatesHint;
}

/** Prefilled from the report: the sentence is the town's to reword before anybody reads it. */
function openFields(view: TriageView): Html {
  const { visit, names, report } = view;
  const words = visit.words.office.inbox;
  const { title, category, village, place } = report;
  const typed: Typed = {
    title,
    category: category ?? "",
    village: village ?? "",
    place,
    lon: report.lon === null ? "" : String(report.lon),
    lat: report.lat === null ? "" : String(report.lat),
    ...view.typed,
  };
  const of = { ...view, typed };
  const none = category === null ? { none: visit.words.office.calls.choose } : {};
  const again = reportAddress(filterOf(visit), `${report.id}/similar`);
  return html`${paragraphField(visit, { ...part(of, "title", words.publicSentence, words.publicHint), rows: 2 })}
    <similar-ones id="similar-ones" data-fields="title details village place lon lat" data-action="${again}"></similar-ones>
    ${paragraphField(visit, { ...part(of, "details", words.publicDetails), rows: 4, required: false })}
    <div class="office-grid">
      ${selectField(visit, { ...part(of, "category", words.category), options: unsealedOptions(visit, names), ...none })}
      ${selectField(visit, { ...part(of, "theme", words.theme), options: themeOptions(visit, names), none: words.noTheme })}
      ${selectField(visit, { ...part(of, "village", words.villageField), options: villageOptions(visit, names), none: words.wholeTown })}
      ${lineField(visit, { ...part(of, "place", words.publicPlace), required: false })}
    </div>
    <input type="hidden" name="lon" value="${typed["lon"] ?? ""}">
    <input type="hidden" name="lat" value="${typed["lat"] ?? ""}">${photoChoice(of)}`;
}

/** No photo is public unless somebody chose it. */
function photoChoice(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const shown = view.files.filter((file) => !file.redacted);
  if (shown.length === 0) return html``;
  const chosen = view.lists["photos"] ?? [];
  return html`<fieldset class="field">
    <legend class="form-label">${words.photosPublic}</legend>
    <p class="hint">${words.photosHint}</p>
    <ul class="office-photos">
      ${shown.map(
        (file, position) =>
          html`<li>
            <label>
              <input
                class="form-check-input"
                type="checkbox"
                name="photos"
                value="${file.shownSha256}"
                ${chosen.includes(file.shownSha256) ? html`checked` : ""}
              >
              <img
                src="/office/inbox/${view.report.id}/photos/${file.thumbnailSha256 ?? file.shownSha256}"
                alt="${words.photo(position + 1)}"
              >
            </label>
          </li>`,
      )}
    </ul>
  </fieldset>`;
}

/** The reason for a look at who reported; chosen already where a lost receipt wants one. */
export function identityFields({ visit, typed, faults, reissuing }: TriageView): Html {
  return reasonFields(visit, reissuing === "receipt/look-first" ? { reasonClass: "receipt", ...typed } : typed, faults);
}

/** The same for a call, and the officer's own telephone, which rings first. */
export function callFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  return html`${lineField(view.visit, { ...part(view, "line", words.line, words.lineHint), type: "tel" })}
    ${identityFields(view)}`;
}

/** How the reporter was known again; the button does the rest. */
export function reissueFields(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const manners = REISSUE_MANNERS.map((value) => ({ value, label: words.reissueManners[value] }));
  return html`<p class="hint">${words.reissueHint}</p>
    ${choiceField(view, "manner", words.reissueManner, manners)}`;
}
