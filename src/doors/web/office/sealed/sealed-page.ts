import type { SealedEntry, SealedReport } from "#intake/sealed-reports";
import type { WordKind } from "#intake/report";
import type { Directory } from "#publication/directory";
import { dayOf } from "#platform/instant";
import { FRESH, part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { unsealedOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { themeOptions } from "#doors/web/office/theme-options";
import { dayWords } from "#doors/web/ui/day";
import { faultSummary, lineField, paragraphField, selectField } from "#doors/web/ui/field";
import { officeHead, officePage, openCell, queueTable } from "#doors/web/ui/office";
import { whereWords } from "#doors/web/ui/where";
import { nameOf, type Visit } from "#doors/web/visit";

export const SEALED_ACTS = ["answer", "refer", "open", "let-out"] as const;
export type SealedAct = (typeof SEALED_ACTS)[number];

/** A form that came back: which. */
type Returned = Drawn & { readonly act: SealedAct };

export async function sealedListPage(visit: Visit, entries: readonly SealedEntry[]): Promise<Response> {
  const words = visit.words.sealed;
  const names = await visit.names();
  const rows = entries.map((entry) => entryRow(visit, names, entry));
  const body = html`${officeHead(words.title, words.lead)} ${doneNote(visit)}
    ${entries.length === 0 ? html`<p>${words.none}</p>` : queueTable(words.title, words.heads, words.open, rows)}`;
  return officePage(visit, names, { title: words.title, body, at: "sealed" });
}

function entryRow(visit: Visit, names: Directory, entry: SealedEntry): Html {
  const { id, title, status, category, receivedAt, firstReplyDueOn, unreadSince } = entry;
  const words = visit.words.sealed;
  return html`<tr>
    <td>
      <span class="as-typed">${title}</span>${unreadSince === null ? "" : html` <span class="badge">${words.added}</span>`}
    </td>
    <td>${nameOf(visit, names.categories.get(category))}</td>
    <td>${dayWords(visit, dayOf(receivedAt))}</td>
    <td>${firstReplyDueOn === null ? "—" : dayWords(visit, firstReplyDueOn)}</td>
    <td>${visit.words.report.story.status[status]}</td>
    ${openCell(`/office/sealed/${id}`, words.open, title)}
  </tr>`;
}

export async function sealedReportPage(visit: Visit, report: SealedReport, returned: Returned | null): Promise<Response> {
  const words = visit.words.sealed;
  const names = await visit.names();
  const back = html`<a class="btn" href="/office/sealed">${words.title}</a>`;
  const under = `${nameOf(visit, names.categories.get(report.category))} · ${words.onlyYou}`;
  const forms = SEALED_ACTS.map((act) => actForm(visit, names, report, act, returned));
  const body = html`${officeHead(words.one, under, back)}
    ${returned === null ? "" : faultSummary(visit, returned.faults)}
    ${doneNote(visit)}
    ${whatWasSaid(visit, names, report)}
    ${report.status === "received" ? html`<div id="f-form" tabindex="-1">${forms}</div>` : ""}`;
  return officePage(visit, names, {
    title: words.one,
    body,
    at: "sealed",
    status: returned?.status ?? 200,
    faulty: returned !== null,
  });
}

function whatWasSaid(visit: Visit, names: Directory, report: SealedReport): Html {
  const { status, problem } = { status: visit.words.report.story.status[report.status], problem: report.problemNumber };
  const words = report.words.map(
    ({ text, referredTo, saidAt, kind }) =>
      html`<li>
        <b>${saidWords(visit, kind)}</b>
        ${dayWords(visit, dayOf(saidAt))}
        <span class="as-typed">${referredTo === "" ? text : `${referredTo} · ${text}`}</span>
      </li>`,
  );
  const photos = report.photos.map(
    (sha256, at) =>
      html`<img
        src="/office/sealed/${report.id}/photos/${sha256}"
        alt="${visit.words.report.photos.photo(at + 1)}"
        width="240"
        loading="lazy"
      >`,
  );
  return html`<section class="card office-panel" aria-labelledby="said">
    <h2 id="said" class="as-typed">${report.title}</h2>
    <p class="as-typed">${report.details}</p>
    <p>${whereWords(visit, names, report)} · ${dayWords(visit, dayOf(report.receivedAt))} · ${status}</p>
    ${problem === null ? "" : html`<p><a href="/ledger/${problem}">${problem}</a></p>`} ${photos}
    <ul>
      ${words}
    </ul>
  </section>`;
}

function saidWords(visit: Visit, kind: WordKind): string {
  const { said } = visit.words.sealed;
  const found = Object.entries(said).find(([one]) => one === kind);
  return found === undefined ? "" : found[1];
}

/** Each act folded, but for the one that came back. */
function actForm(visit: Visit, names: Directory, report: SealedReport, act: SealedAct, returned: Returned | null): Html {
  const words = visit.words.sealed.acts[act];
  const drawn = returned?.act === act ? returned : FRESH;
  const form = formTag({
    action: `/office/sealed/${report.id}/${act}`,
    hidden: {},
    key: drawn.key,
    fields: FIELDS[act](visit, names, drawn),
    button: words.send,
  });
  return html`<details class="card office-panel" ${returned?.act === act ? html`open` : ""}>
    <summary>${words.name}</summary>
    <p class="hint">${words.hint}</p>
    ${form}
  </details>`;
}

const FIELDS: Record<SealedAct, (visit: Visit, names: Directory, drawn: Drawn) => Html> = {
  answer: (visit, _names, drawn) => paragraphField(visit, part(drawn, "text", visit.words.sealed.answerText)),
  refer: (visit, _names, drawn) =>
    html`${lineField(visit, part(drawn, "referredTo", visit.words.sealed.referredTo))}
    ${paragraphField(visit, part(drawn, "reason", visit.words.sealed.reason))}`,
  open: openFields,
  "let-out": (visit, names, drawn) =>
    selectField(visit, { ...part(drawn, "category", visit.words.sealed.category), options: unsealedOptions(visit, names) }),
};

/** Nothing is filled in from the report: the problem stands in its receivers' own words. */
function openFields(visit: Visit, names: Directory, drawn: Drawn): Html {
  const words = visit.words.office.inbox;
  return html`${paragraphField(visit, { ...part(drawn, "title", words.publicSentence), rows: 2 })}
    ${paragraphField(visit, { ...part(drawn, "details", words.publicDetails), rows: 4, required: false })}
    <div class="office-grid">
      ${selectField(visit, { ...part(drawn, "category", words.category), options: unsealedOptions(visit, names) })}
      ${selectField(visit, { ...part(drawn, "theme", words.theme), options: themeOptions(visit, names), none: words.noTheme })}
      ${selectField(visit, { ...part(drawn, "village", words.villageField), options: villageOptions(visit, names), none: words.wholeTown })}
      ${lineField(visit, { ...part(drawn, "place", words.publicPlace), required: false })}
    </div>
    <input type="hidden" name="lon" value="">
    <input type="hidden" name="lat" value="">`;
}

function doneNote(visit: Visit): Html {
  const done = SEALED_ACTS.find((act) => act === visit.context.req.query("done"));
  return done === undefined ? html`` : html`<p class="alert alert-success" role="status">${visit.words.sealed.acts[done].done}</p>`;
}
