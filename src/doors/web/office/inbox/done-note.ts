import { findReport, type Report } from "#intake/queries";
import type { InboxFilter } from "#intake/inbox";
import { id } from "#platform/text";
import { html, type Html } from "#doors/web/html";
import { draftsOver } from "#doors/web/office/office-draft";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";
import { undoButton } from "./corrections.ts";
import { reportAddress } from "./filter-address.ts";
import { PASSED_TO_RECEIVERS, REPORT_ACTS, TRIAGE_ACTS } from "./triage-acts.ts";

/**
 * What was just done, and how it is taken back: of the report on the page, or of the one before it (`of` in the address), from which a
 * decision led here. `here` is null on the list.
 */
export async function doneNote(visit: Visit, filter: InboxFilter, here: Report | null): Promise<Html> {
  const words = visit.words.office.inbox;
  const { done, of: asked } = visit.context.req.query();
  if (done === "call" || done === PASSED_TO_RECEIVERS) return html`<p class="alert alert-success" role="status">${words.done[done]}</p>`;
  const act = REPORT_ACTS.find((act) => act === done);
  const of = id
    .nullable()
    .catch(null)
    .parse(asked ?? null);
  const report = of === null || of === here?.id ? here : await findReport(visit.town, of);
  if (act === undefined || report === null) return html``;
  const isTriage = TRIAGE_ACTS.some((one) => one === act);
  // Decided, and taken back since.
  if (isTriage && report.status === "received") return html``;
  return html`<div class="alert alert-success" role="status">
    <p>
      ${words.done[act]} ${report === here ? "" : await before(visit, filter, report)}
      ${onLedger(visit, report)}
    </p>
    ${undoButton(visit, filter, report, act)} ${isTriage ? draftsOver(visit, `${report.id}/`) : ""}
  </div>`;
}

function onLedger(visit: Visit, { problemNumber }: Report): Html {
  if (problemNumber === null) return html``;
  return html`<a href="/office/ledger/${problemNumber}">${visit.words.office.inbox.onLedger(problemNumber)}</a>`;
}

/** Which report it was. */
async function before(visit: Visit, filter: InboxFilter, report: Report): Promise<Html> {
  const where = whereWords(visit, await visit.names(), report);
  const channel = visit.words.common.channels[report.channel];
  const told = where === null ? channel : html`${where} · ${channel}`;
  return html`<a href="${reportAddress(filter, report.id)}">${report.title}</a> · ${told}`;
}
