import { showReceiptCode } from "#intake/receipt-code";
import { html, type Html } from "#doors/web/html";
import { replyDue } from "#doors/web/office/reply-lamp";
import { officeHead } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

export type Registered = {
  readonly id: string;
  readonly title: string;
  readonly firstReplyDueAt: Date | null;
  readonly number: string | null;
};

/** The code large, then sign by sign as it is read out; the next call has the focus. */
export function receiptBody(visit: Visit, report: Registered, code: string): Html {
  const words = visit.words.office.calls;
  const actions = html`<a class="btn btn-primary" href="/office/calls/new" accesskey="n" autofocus
    >${words.next} <kbd class="office-key">N</kbd></a>`;
  return html`${officeHead(words.receiptTitle, words.receiptUnder, actions)}
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
      <p class="hint">${words.gone}</p>
    </div>`;
}
