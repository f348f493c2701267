import type { QueuedCallBack } from "#office/call-backs";
import type { WaitingReport } from "#office/queries";
import type { ReportStep } from "#office/tasks";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { categoryWords } from "#doors/web/ui/category";
import { instantWords, shortDay } from "#doors/web/ui/day";
import { queueTable } from "#doors/web/ui/office";
import { channelName } from "#doors/web/ui/told";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";
import { callBackLamp } from "./callbacks/callback-lamp.ts";
import { newWordsMark } from "./inbox/new-words.ts";
import { replyLamp } from "./reply-lamp.ts";

export type ReportRow = { readonly step: ReportStep; readonly report: WaitingReport };

/** Reports that wait: through which door, where, of which kind, and by when, or since when. */
export function reportTable(visit: Visit, names: Directory, rows: readonly ReportRow[], nextDay: Day): Html {
  const { today: words } = visit.words.office;
  const heads = [words.what, words.channel, words.where, words.category, words.since, words.due, words.next];
  return queueTable(
    words.reportsHead,
    heads,
    words.open,
    rows.map((row) => reportRow(visit, names, row, nextDay)),
  );
}

function reportRow(visit: Visit, names: Directory, { step, report }: ReportRow, nextDay: Day): Html {
  const { today: words, steps } = visit.words.office;
  const due = step === "triage" ? replyLamp(visit, report.firstReplyDueAt, nextDay) : sinceWords(visit, step, report);
  return html`<tr>
    <th scope="row" class="office-what serif" data-label="${words.what}">${report.title}${newWordsMark(visit, report)}</th>
    <td class="office-whole" data-label="${words.channel}">${visit.words.common.channels[report.channel]}</td>
    <td data-label="${words.where}">${whereWords(visit, names, report) ?? "—"}</td>
    <td class="office-whole" data-label="${words.category}">${categoryWords(visit, names, report.category)}</td>
    <td class="office-nowrap" data-label="${words.since}">${shortDay(visit, dayOf(report.receivedAt))}</td>
    <td class="office-due" data-label="${words.due}">${due}</td>
    <td class="office-whole" data-label="${words.next}">${steps[step]}</td>
    <td class="office-open">
      <a href="/office/inbox/${report.id}" aria-label="${words.openNumber(report.title)}">${words.open}</a>
    </td>
  </tr>`;
}

function sinceWords(visit: Visit, step: ReportStep, { unreadSince, disputedAt }: WaitingReport): Html {
  const { today: words } = visit.words.office;
  const [since, says] = step === "disputed" ? [disputedAt, words.disputed] : [unreadSince, words.added];
  return since === null ? html`—` : html`${instantWords(visit, since)} ${says}`;
}

/** Of a reporter stands what was reported, never who. */
export function callBackTable(visit: Visit, queue: readonly QueuedCallBack[]): Html {
  const { today: words } = visit.words.office;
  const heads = [words.number, words.what, words.channel, words.tried, words.due, words.next];
  return queueTable(
    words.callBacksHead,
    heads,
    words.open,
    queue.map((one) => callBackRow(visit, one)),
  );
}

function callBackRow(visit: Visit, { question, number, title, channel, tried, until }: QueuedCallBack): Html {
  const { today: words, steps } = visit.words.office;
  return html`<tr>
    <th scope="row" class="office-nowrap" data-label="${words.number}">${number}</th>
    <td class="office-what serif" data-label="${words.what}">${title}</td>
    <td class="office-nowrap" data-label="${words.channel}">${channelName(visit, channel)}</td>
    <td class="office-nowrap" data-label="${words.tried}">${words.triedTimes(tried)}</td>
    <td data-label="${words.due}">${callBackLamp(visit, until)}</td>
    <td class="office-nowrap" data-label="${words.next}">${steps["call-back"]}</td>
    <td class="office-open">
      <a href="/office/callbacks/${question}" aria-label="${words.openNumber(number)}">${words.open}</a>
    </td>
  </tr>`;
}
