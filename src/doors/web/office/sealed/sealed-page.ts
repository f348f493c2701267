import type { Opened } from "#intake/opened-identity";
import { unreadWords } from "#intake/queries";
import type { SealedReport } from "#intake/sealed-reports";
import { nextWorkingDay } from "#limits/calendar";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { identityPanel } from "#doors/web/office/inbox/identity-panel";
import { seenIn } from "#doors/web/office/inbox/new-words";
import { wordEntry } from "#doors/web/office/inbox/report-panel";
import { dayWords, instantWords } from "#doors/web/ui/day";
import { faultSummary } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { whereWords } from "#doors/web/ui/where";
import { nameOf, type Visit } from "#doors/web/visit";
import { sealedDone, sealedForms, type Returned } from "./sealed-forms.ts";
import { replyOf } from "./sealed-list.ts";

/** One sealed report as a receiver reads it, with all that may be done; who sent it as long as this receiver's look is open. */
export async function sealedReportPage(
  visit: Visit,
  report: SealedReport,
  opened: Opened | null,
  returned: Returned | null,
): Promise<Response> {
  const words = visit.words.sealed;
  const [names, nextDay] = await Promise.all([visit.names(), nextWorkingDay(visit.town, dayOf(visit.at))]);
  const back = html`<a class="btn" href="/office/sealed">${words.title}</a>`;
  const under = `${nameOf(visit, names.categories.get(report.category))} · ${words.onlyYou}`;
  const body = html`${officeHead(words.one, under, back)}
    ${returned === null ? "" : faultSummary(visit, returned.faults)}
    ${sealedDone(visit)}
    ${newWords(visit, report)}
    ${opened === null ? "" : identityPanel(visit, opened, words.lookNote)}
    ${whatWasSaid(visit, names, report, nextDay)}
    ${sealedForms(visit, names, report, returned)}`;
  return officePage(visit, names, {
    title: words.one,
    body,
    at: "sealed",
    status: returned?.status ?? 200,
    faulty: returned !== null,
  });
}

/** What its reporter added and no receiver has read, with the button that says it is read. */
function newWords(visit: Visit, report: SealedReport): Html {
  const { inbox } = visit.words.office;
  const unread = unreadWords(report);
  if (unread.length === 0) return html``;
  return html`<section class="card office-report office-new-words" aria-labelledby="new-words">
    <h2 id="new-words">${inbox.newWords(unread.length)}</h2>
    <ol class="office-history">
      ${unread.map(
        ({ saidAt, text }) =>
          html`<li>
            ${instantWords(visit, saidAt)}
            <p class="office-words">${text === "" ? inbox.photosAdded : text}</p>
          </li>`,
      )}
    </ol>
    <p class="hint">${visit.words.sealed.acts.read.hint}</p>
    ${formTag({
      action: `/office/sealed/${report.id}/read`,
      hidden: seenIn(report),
      key: null,
      fields: html``,
      button: visit.words.sealed.acts.read.send,
    })}
  </section>`;
}

function whatWasSaid(visit: Visit, names: Directory, report: SealedReport, nextDay: Day): Html {
  const { problemNumber: problem } = report;
  const where = whereWords(visit, names, report);
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
    <p>
      ${where === null ? "" : html`${where} ·`} ${dayWords(visit, dayOf(report.receivedAt))} ·
      ${visit.words.report.story.status[report.status]} · ${replyOf(visit, report, nextDay)}
    </p>
    ${problem === null ? "" : html`<p><a href="/ledger/${problem}">${problem}</a></p>`} ${photos}
    <ol class="office-history">
      ${report.words.map((word) => wordEntry(visit, names, word))}
    </ol>
  </section>`;
}
