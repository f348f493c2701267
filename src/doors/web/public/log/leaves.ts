import { numberOf } from "#ledger/problem-number";
import { addDays, dayOf } from "#platform/instant";
import { LeafFilter, listLeaves, type AskedLeaves, type LeafList } from "#proof/leaf-list";
import type { Directory } from "#publication/directory";
import { errorPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { foldedEntry } from "./folded-entry.ts";
import { sentenceOf, wholeDay } from "./sentence.ts";

/** The log in sentences, the latest first: all of it, of one day, of one problem. */
export async function leavesPage(visit: Visit): Promise<Response> {
  const { title, leaves: words } = visit.words.publicLog;
  const parsed = LeafFilter.safeParse(visit.context.req.query());
  const names = await visit.names();
  const typed = parsed.data?.number ?? "";
  const number = numberTyped(visit, names, typed);
  if (!parsed.success || (number === null && typed !== "")) return errorPage(visit, 400, words.unreadable, words.unreadableHint);
  const asked = { ...parsed.data, number };
  const list = await listLeaves(visit.town, asked);
  const body = html`<div class="narrow">
    <p class="back">
      <a href="/log">${title}</a>
    </p>
    <h1>${words.title}</h1>
    <p>${words.lead}</p>
    ${choice(visit, asked, typed)}
    <h2>${heading(visit, asked)}</h2>
    ${list.leaves.length === 0 ? html`<p>${words.none}</p>` : sentences(visit, names, list)}
    ${turning(visit, asked, list)}
  </div>`;
  return publicPage(visit, names, { title: words.title, body });
}

/** `7` and `2026-0007` mean this town's, of this year where none is said. */
function numberTyped(visit: Visit, { town: { prefix } }: Directory, typed: string): string | null {
  return numberOf(typed) ?? numberOf(`${prefix}-${typed}`) ?? numberOf(`${prefix}-${dayOf(visit.at).slice(0, 4)}-${typed}`);
}

function choice(visit: Visit, { on }: AskedLeaves, typed: string): Html {
  const { leaves: words } = visit.words.publicLog;
  return html`<form class="leaf-choice" action="/log/leaves" role="search" aria-label="${words.choose}">
    <p>
      <label for="on">${words.day}</label>
      <input class="form-control" type="date" id="on" name="on" value="${on ?? ""}" max="${dayOf(visit.at)}">
    </p>
    <p>
      <label for="number">${words.number}</label>
      <input class="form-control" type="text" id="number" name="number" value="${typed}" autocomplete="off">
    </p>
    <p>
      <button class="btn btn-primary" type="submit">${words.show}</button>
    </p>
  </form>`;
}

function heading(visit: Visit, { on, number }: AskedLeaves): Html {
  const { leaves: words } = visit.words.publicLog;
  if (on === null && number === null) return html`${words.newest}`;
  return html`${on === null ? "" : wholeDay(visit, on)}${on === null || number === null ? "" : " · "}${number ?? ""}`;
}

function sentences(visit: Visit, names: Directory, { leaves }: LeafList): Html {
  const words = visit.words.publicSide.problem;
  return html`<ol class="timeline">
    ${leaves.map(
      ({ leaf, entry }) =>
        html`<li>
          <a class="leaf" href="/log/leaf/${leaf}" title="${words.leafHint}">${words.leaf(leaf)}</a>
          <p>${sentenceOf(visit, names, entry)}</p>
          ${foldedEntry(visit, { leaf, entry })}
        </li>`,
    )}
  </ol>`;
}

/** To what happened before, and, of one day, to the days beside it. */
function turning(visit: Visit, asked: AskedLeaves, { next }: LeafList): Html {
  const { leaves: words } = visit.words.publicLog;
  const { on } = asked;
  const link = (to: AskedLeaves, label: string) => html`<a class="btn" href="/log/leaves${queryOf(to)}">${label}</a>`;
  return html`<nav class="pages" aria-label="${words.pages}">
    ${next === null ? "" : link({ ...asked, before: next }, words.older)}
    ${asked.before === null ? "" : link({ ...asked, before: null }, words.first)}
    ${on === null ? "" : link({ ...asked, on: addDays(on, -1), before: null }, words.dayBefore)}
    ${on === null || on >= dayOf(visit.at) ? "" : link({ ...asked, on: addDays(on, 1), before: null }, words.dayAfter)}
  </nav>`;
}

function queryOf({ on, number, before }: AskedLeaves): string {
  const query = new URLSearchParams();
  if (on !== null) query.set("on", on);
  if (number !== null) query.set("number", number);
  if (before !== null) query.set("before", String(before));
  return query.size === 0 ? "" : `?${query.toString()}`;
}
