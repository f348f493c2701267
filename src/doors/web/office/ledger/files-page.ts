import { MOST_IN_PART } from "#office/export-problems";
import { mineOf } from "#office/queries";
import { filterQuery } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { filePart, partAsked, partQuery } from "#doors/web/ui/file-parts";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { addressOf, askedList, fromFirst, queryOf, type AskedList } from "./list-address.ts";

/** A list that is longer than a file, to be exported one file after another; each of them is an event. */
export async function filesPage(visit: Visit): Promise<Response> {
  const { files } = visit.words.common;
  const words = visit.words.office.bulk;
  const asked = await askedList(visit, visit.context.req.query());
  // What is found by words is turned page by page: to fill a file with it the whole ledger would be looked through.
  if (asked.filter.q !== "") return visit.context.redirect(addressOf(asked), 303);
  const only = asked.mine ? mineOf(visit.town.id, signedIn(visit)) : null;
  const { version, problems, next } = await listProblems(visit, { ...asked.filter, order: "newest", limit: MOST_IN_PART }, only);
  const [first, last] = [problems.at(0), problems.at(-1)];
  const part = first === undefined || last === undefined ? null : { count: problems.length, first: first.number, last: last.number };
  const then = next === null ? null : nextAddress(visit, asked, next);
  const list = addressOf(fromFirst(asked));
  const under = html`<a href="${list}">${words.title}</a> · ${files.lead(MOST_IN_PART)} ${words.exportLogged}`;
  const body = html`${officeHead(files.title, under)} ${filePart(visit, part, takeForm(visit, asked), then)}`;
  return officePage(visit, await visit.names(version), { title: files.title, body, at: "ledger" });
}

function nextAddress(visit: Visit, asked: AskedList, before: string): string {
  return `/office/ledger/files?${partQuery(queryOf({ ...asked, filter: { ...asked.filter, before } }), partAsked(visit) + 1)}`;
}

function takeForm(visit: Visit, asked: AskedList): Html {
  const words = visit.words.office.bulk;
  return html`<form class="acts" method="post" action="/office/bulk/export" data-turbo="false">
    ${exportFields(asked)}
    <input type="hidden" name="part" value="${partAsked(visit)}">
    <button class="btn" type="submit" name="columns" value="${asked.columns.join(",")}">${words.exportShown}</button>
    <button class="btn" type="submit" name="columns" value="">${words.export}</button>
  </form>`;
}

/** What an export is of: the filter from where it stands, and whose problems. */
export function exportFields({ filter, mine }: AskedList): Html {
  return html`<input type="hidden" name="filter" value="${filterQuery(filter)}">
    ${mine ? html`<input type="hidden" name="mine" value="1">` : ""}`;
}
