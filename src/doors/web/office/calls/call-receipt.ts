import { FIRST_ISSUE, receiptCode, showReceiptCode } from "#intake/receipt-code";
import { html, type Html } from "#doors/web/html";
import { replyDue } from "#doors/web/office/reply-lamp";
import { receiptPath } from "#doors/web/public/receipt-token";
import { officeHead } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** A report whose receipt was just given out. */
type Given = {
  readonly id: string;
  readonly title: string;
  readonly firstReplyDueAt: Date | null;
  readonly number: string | null;
  /** The first, or how often it was made anew. */
  readonly issue: number;
};

/** The code large, then sign by sign as it is read out; the next call has the focus. */
export function receiptBody(visit: Visit, report: Given): Html {
  const words = visit.words.office.calls;
  const { title, under, gone } = givenWords(visit, report);
  const code = receiptCode(visit.town.keys, report.id, report.issue);
  const paper = receiptPath(visit.town, visit.at, { report: report.id, folded: false, issue: report.issue });
  const actions = html`<a class="btn" href="${paper}" target="_blank" rel="noopener">${words.paper}</a>
    <a class="btn btn-primary" href="/office/calls/new" accesskey="n" autofocus>${words.next} <kbd class="office-key">N</kbd></a>`;
  return html`${officeHead(title, under, actions)}
    <div class="office-code">
      <span>${words.codeLabel}</span>
      <b>${showReceiptCode(code)}</b>
    </div>
    <h2 class="office-spelt-head">${words.spelt}</h2>
    <ol class="office-spelt">
      ${code.split("").map(
        (sign) =>
          html`<li>
            <b>${sign}</b>
            <span>${words.spelling[sign] ?? sign}</span>
          </li>`,
      )}
    </ol>
    <div class="card office-panel">
      <h2>${report.title}</h2>
      <p>
        ${report.number === null ? "" : html`<a href="/office/ledger/${report.number}">${words.joined(report.number)}</a> · `}
        ${report.firstReplyDueAt === null ? "" : html`${words.replyBy} ${replyDue(visit, report.firstReplyDueAt)}`}
      </p>
      <p>${words.tell}</p>
      <p>
        <a href="/office/inbox/${report.id}">${words.toReport}</a>
      </p>
      <p class="hint">${gone}</p>
    </div>`;
}

/** Registered a moment ago, or made anew because it was lost. */
export function givenWords({ words }: Visit, { issue }: Pick<Given, "issue">) {
  const { calls } = words.office;
  return issue === FIRST_ISSUE
    ? { title: calls.receiptTitle, under: calls.receiptUnder, gone: calls.gone }
    : { title: calls.reissuedTitle, under: calls.reissuedUnder, gone: calls.reissuedGone };
}
