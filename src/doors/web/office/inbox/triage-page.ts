import { findFiles } from "#evidence/queries";
import { findCandidates } from "#intake/candidates";
import { findLookAlikes } from "#intake/look-alikes";
import { findNeighbours } from "#intake/neighbours";
import type { Opened } from "#intake/opened-identity";
import { whyNotPassOn, wordsToPassOn } from "#intake/pass-words-on";
import type { Report } from "#intake/queries";
import { whyNotReissue } from "#intake/reissue-receipt";
import { isSettling, whyNotSettle } from "#intake/report";
import { nextWorkingDay } from "#limits/calendar";
import { dayOf } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { meanwhilePanel } from "#doors/web/form/meanwhile";
import { html, type Html } from "#doors/web/html";
import { withText, type Alike } from "#doors/web/office/candidates";
import { numbersChoice } from "#doors/web/office/publishing";
import { keptDraft } from "#doors/web/office/office-draft";
import { signedIn } from "#doors/web/office/officer-form";
import { categoryWords } from "#doors/web/ui/category";
import { faultSummary } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { offersFor, offersPanel, type Offers } from "./answer-offers.ts";
import { correctionsOf, disputePanel, drawnIn } from "./corrections.ts";
import { doneNote } from "./done-note.ts";
import { filterOf, reportAddress } from "./filter-address.ts";
import { identityPanel } from "./identity-panel.ts";
import { callFields, identityFields, reissueFields, TRIAGE_FORMS, type TriageView } from "./triage-forms.ts";
import { lookAlikesPanel } from "./look-alikes.ts";
import { reportPanel, wordEntry } from "./report-panel.ts";
import { keysHelp, waysOn } from "./triage-keys.ts";
import { newWordsPanel } from "./new-words.ts";
import { CORRECTIONS, TRIAGE_ACTS, WORD_ACTS, type Correction, type TriageAct, type WordAct } from "./triage-acts.ts";

/** What may be done on this page: triage, and what concerns the reporter. */
type DeskAct = TriageAct | WordAct | Correction | ReporterAct;
/** What needs somebody who left who they are. */
type ReporterAct = "identity" | "call" | "reissue";

/** The form that stands open, with the words offered in it. */
type Open = { readonly act: DeskAct; readonly offers: Offers | null };

/** A form that came back: which. */
export type Returned = Drawn & { readonly act: DeskAct };

export async function triagePage(visit: Visit, report: Report, returned: Returned | null, opened: Opened | null): Promise<Response> {
  const filter = filterOf(visit);
  const [names, files, candidates, lookAlikes, passing, reissuing, corrections, neighbours, nextDay] = await Promise.all([
    visit.names(),
    findFiles(visit.town, report.photos),
    candidatesOf(visit, report),
    report.status === "received" ? findLookAlikes(visit.town, signedIn(visit), report) : [],
    passingOf(visit, report, returned),
    reissuingOf(visit, report, returned),
    correctionsOf(visit, report),
    findNeighbours(visit.town, filter, report.id),
    nextWorkingDay(visit.town, dayOf(visit.at)),
  ]);
  const words = visit.words.office.inbox;
  const inOrder = report.photos.flatMap((sha256) => files.filter((file) => file.sha256 === sha256));
  const { typed, lists, faults } = returned ?? FRESH;
  const view: TriageView = {
    visit,
    names,
    report,
    files: inOrder,
    candidates,
    passing,
    reissuing,
    corrections,
    typed,
    lists,
    faults,
    isReturned: returned !== null,
  };
  const open = openActOf(view, returned);
  const offers = open === null ? null : await offersFor(visit, report, open);
  const under = html`${visit.words.common.channels[report.channel]} · ${categoryWords(visit, names, report.category)} ·
  ${words.statuses[report.status]}`;
  const body = html`${officeHead(words.triage, under, waysOn(visit, filter, neighbours))}
    ${faultSummary(visit, faults)}
    ${returned?.refused === "report/not-open" || returned?.refused === "report/changed" ? meanwhile(view) : ""}
    ${await doneNote(visit, filter, report)}
    <div class="office-two">
      <div>
        ${disputePanel(visit, report)}
        ${newWordsPanel(visit, report)}
        ${opened === null ? "" : identityPanel(visit, opened, words.identityNote)}
        ${reportPanel(visit, names, report, inOrder, nextDay)}
        ${lookAlikesPanel(visit, names, lookAlikes)}
      </div>
      ${actsPanel(view, returned, open === null ? null : { act: open, offers })}
    </div>
    ${keysHelp(visit)}`;
  return officePage(visit, names, {
    title: `${words.triage} · ${report.title}`,
    body,
    at: "inbox",
    faulty: returned !== null && returned.status !== 200,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** Only while something may still be done with it are duplicates looked for. */
async function candidatesOf(visit: Visit, report: Report): Promise<readonly Alike[] | null> {
  if (report.status !== "received") return [];
  const { village, lon, lat } = report;
  return withText(
    visit.town,
    await findCandidates(visit.town, { village, lon, lat, text: `${report.title} ${report.details} ${report.place}` }),
  );
}

/** What the form of passing on begins with is made only where that form is open: it takes a look into the vault. */
async function passingOf(visit: Visit, report: Report, returned: Returned | null): Promise<TriageView["passing"]> {
  const added = report.words.filter(({ kind }) => kind === "added").length;
  const refused = await whyNotPassOn(visit.town, signedIn(visit), { ...report, added });
  const isOpen = (returned?.act ?? visit.context.req.query("act")) === "pass-on";
  return { refused, text: isOpen && refused === null ? await wordsToPassOn(visit.town, report) : "" };
}

/** Asked where its form is open, or came back: who is involved, what is held and who has looked. */
async function reissuingOf(visit: Visit, report: Report, returned: Returned | null): Promise<RefusalCode | null> {
  const isOpen = (returned?.act ?? visit.context.req.query("act")) === "reissue";
  if (!isOpen || !report.hasIdentity) return null;
  return whyNotReissue(visit.town, signedIn(visit), visit.at, { report: report.id, reissue: report.reissue });
}

/** The acts as links, one form open below them; what is refused stays visible, grey, with its reason. */
function actsPanel(view: TriageView, returned: Returned | null, open: Open | null): Html {
  const words = view.visit.words.office.inbox;
  const isDecided = view.corrections.size > 0;
  const acts = actsOf(view, returned);
  const possible = acts.filter(({ refused }) => refused === null);
  const links = html`<ul class="act-links">
    ${possible.map(({ act }) => actLink(view, act, act === open?.act))}
  </ul>`;
  return html`<section class="desk-acts" id="f-form" tabindex="-1" aria-labelledby="acts">
    <h2 id="acts">${isDecided ? words.decided : words.decide}</h2>
    ${isDecided ? html`<p class="hint">${words.decidedHint}</p>` : ""}
    ${possible.length === 0 ? "" : links}
    ${open === null ? "" : openAct(view, open, returned?.key ?? null)}
    ${refusedActs(view, acts)}
  </section>`;
}

type Offered = { readonly act: DeskAct; readonly refused: string | null };

function actsOf(view: TriageView, returned: Returned | null): readonly Offered[] {
  const call = view.visit.program.callGateway === null ? [] : ["call" as const];
  // What is over is one sentence, not five refusals; but for the form that came back because a colleague was quicker.
  const triage = view.corrections.size > 0 ? TRIAGE_ACTS.filter((act) => act === returned?.act) : TRIAGE_ACTS;
  // Of nobody there is no receipt to give: the look beside it says why.
  const reissue = view.report.hasIdentity || returned?.act === "reissue" ? ["reissue" as const] : [];
  const acts = [...triage, ...view.corrections.keys(), ...WORD_ACTS, "identity" as const, ...call, ...reissue];
  return acts.map((act) => ({ act, refused: whyNot(view, act) }));
}

function actLink({ visit, report }: TriageView, act: DeskAct, isOpen: boolean): Html {
  const key = keyOf(act);
  return html`<li>
    <a
      class="btn${isOpen ? " btn-primary" : ""}"
      href="${reportAddress(filterOf(visit), report.id, { act })}#acts"
      ${isOpen ? html`aria-current="true"` : ""}
      ${key === null ? "" : html`data-key="${key.code}"`}
      >${visit.words.office.inbox.acts[act]}${key === null ? "" : html` <kbd class="office-key">${key.shown}</kbd>`}</a>
  </li>`;
}

/** The five of triage have the keys 1 to 5, the category has e. */
function keyOf(act: DeskAct): { readonly code: string; readonly shown: string } | null {
  if (act === "categorise") return { code: "KeyE", shown: "e" };
  const place = TRIAGE_ACTS.findIndex((one) => one === act) + 1;
  return place === 0 ? null : { code: `Digit${place}`, shown: String(place) };
}

function refusedActs({ visit }: TriageView, acts: readonly Offered[]): Html {
  const refused = acts.filter(({ refused }) => refused !== null);
  if (refused.length === 0) return html``;
  const words = visit.words.office.inbox;
  return html`<ul class="refused-acts">
    ${refused.map(
      ({ act, refused }) =>
        html`<li>
          <button class="btn" type="button" aria-disabled="true" aria-describedby="no-${act}">${words.acts[act]}</button>
          <span id="no-${act}">${refused}</span>
        </li>`,
    )}
  </ul>`;
}

/** The reason in the reader's words, or null. */
function whyNot(view: TriageView, act: DeskAct): string | null {
  const { visit, report } = view;
  if (isReporterAct(act) && !report.hasIdentity) return visit.words.office.inbox.anonymous;
  if (act === "identity" || act === "call") return null;
  if (act === "reply") return null;
  if (act === "categorise") return report.status === "withdrawn" ? visit.words.refusals.codes["report/withdrawn"] : null;
  const code = codeOf(view, act);
  return code === null ? null : visit.words.refusals.codes[code];
}

type Refusable = TriageAct | Correction | "pass-on" | "reissue";

function codeOf({ visit, report, passing, reissuing, corrections }: TriageView, act: Refusable): RefusalCode | null {
  if (act === "reissue") return reissuing;
  if (act === "pass-on") return passing.refused;
  const correction = CORRECTIONS.find((one) => one === act);
  if (correction === undefined) return whyNotSettle(report.status, signedIn(visit));
  const refused = corrections.get(correction);
  return refused === undefined ? "report/changed" : refused;
}

/**
 * The act asked for in the address; otherwise the likeliest: an answer to a question, a look at duplicates, a new problem;
 * where it was dealt with, a reply to what was added. Before a receipt can be reissued stands the look.
 */
function openActOf(view: TriageView, returned: Returned | null): DeskAct | null {
  if (returned !== null) return returned.act;
  const possible = actsOf(view, null).flatMap(({ act, refused }) => (refused === null ? [act] : []));
  const wanted = view.reissuing === "receipt/look-first" ? "identity" : view.visit.context.req.query("act");
  const triaged =
    view.names.categories.get(view.report.category ?? "")?.code === "consultation"
      ? "answer"
      : (view.candidates ?? []).length > 0
        ? "join"
        : "open";
  const likeliest = view.report.status === "received" ? triaged : view.report.unreadSince === null ? null : "reply";
  return possible.find((act) => act === wanted) ?? possible.find((act) => act === likeliest) ?? null;
}

/** When a colleague was quicker the form keeps what was typed, and its button is grey. */
function openAct(view: TriageView, { act, offers }: Open, key: string | null): Html {
  const { visit, report } = view;
  const words = view.visit.words.office.inbox;
  const refused = whyNot(view, act);
  const sentTo = (more = {}) => reportAddress(filterOf(visit), `${report.id}/${act}`, more);
  const form = formOf(act);
  const fields = html`${keptFields(view, act, form.fields(view))} ${numbersChoice(view.visit, view.typed, view.faults)}`;
  const inside =
    refused === null
      ? formTag({
          action: sentTo(),
          hidden: drawnIn(report),
          key,
          fields,
          button: html`<button class="btn btn-primary" type="submit">${words[form.send]}</button>
          ${offers === null ? "" : offersPanel(visit, offers, (insert) => sentTo({ insert }))}`,
        })
      : html`${fields} <button class="btn" type="button" aria-disabled="true" aria-describedby="no-${act}">${words[form.send]}</button>`;
  return html`<section class="act" id="act" aria-labelledby="act-name">
    <h3 id="act-name">${words.acts[act]}</h3>
    ${inside}
  </section>`;
}

/** What is typed stays in this tab; but nothing where an identity is asked for, nor where the form begins with a look into the vault. */
function keptFields({ visit, report, isReturned }: TriageView, act: DeskAct, fields: Html): Html {
  if (isReporterAct(act) || act === "pass-on") return fields;
  return keptDraft(visit, `${report.id}/${act}`, fields, isReturned);
}

function isReporterAct(act: DeskAct): act is ReporterAct {
  return act === "identity" || act === "call" || act === "reissue";
}

function formOf(act: DeskAct) {
  if (act === "identity") return { fields: identityFields, send: "sendIdentity" } as const;
  if (act === "reissue") return { fields: reissueFields, send: "sendReissue" } as const;
  return act === "call" ? ({ fields: callFields, send: "sendCall" } as const) : TRIAGE_FORMS[act];
}

/** A colleague was quicker: who, what, when; what was typed stays in its form. */
function meanwhile(view: TriageView): Html {
  const words = view.visit.words.office.inbox;
  const last = view.report.words.findLast((word) => isSettling(word.kind));
  const happened =
    last === undefined
      ? html``
      : html`<ul>
          ${wordEntry(view.visit, view.names, last)}
        </ul>`;
  return meanwhilePanel(words, happened);
}
