import type { SealedEntry } from "#intake/sealed-reports";
import { nextWorkingDay } from "#limits/calendar";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { newWordsMark } from "#doors/web/office/inbox/new-words";
import { replyLamp } from "#doors/web/office/reply-lamp";
import { dayWords, instantWords } from "#doors/web/ui/day";
import { officeHead, officePage, openCell, queueTable } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { sealedDone } from "./sealed-forms.ts";

/** What a receiver has before them: what waits first, with the day of its answer. */
export async function sealedListPage(visit: Visit, entries: readonly SealedEntry[]): Promise<Response> {
  const words = visit.words.sealed;
  const [names, nextDay] = await Promise.all([visit.names(), nextWorkingDay(visit.town, dayOf(visit.at))]);
  const rows = entries.map((entry) => entryRow(visit, names, entry, nextDay));
  const body = html`${officeHead(words.title, words.lead)} ${sealedDone(visit)}
    ${entries.length === 0 ? html`<p>${words.none}</p>` : queueTable(words.title, words.heads, words.open, rows)}`;
  return officePage(visit, names, { title: words.title, body, at: "sealed" });
}

function entryRow(visit: Visit, names: Directory, entry: SealedEntry, nextDay: Day): Html {
  const { id, title, status, category, receivedAt } = entry;
  const words = visit.words.sealed;
  return html`<tr>
    <td><span class="as-typed">${title}</span>${newWordsMark(visit, entry)}</td>
    <td>${nameOf(visit, names.categories.get(category))}</td>
    <td>${dayWords(visit, dayOf(receivedAt))}</td>
    <td>${replyOf(visit, entry, nextDay)}</td>
    <td>${visit.words.report.story.status[status]}</td>
    ${openCell(`/office/sealed/${id}`, words.open, title)}
  </tr>`;
}

/** By when it is to be answered, or when it was. */
export function replyOf(visit: Visit, entry: Pick<SealedEntry, "status" | "firstReplyDueAt" | "firstAnsweredAt">, nextDay: Day): Html {
  if (entry.firstAnsweredAt !== null) return html`${instantWords(visit, entry.firstAnsweredAt)}`;
  return entry.status === "received" ? replyLamp(visit, entry.firstReplyDueAt, nextDay) : html`—`;
}
