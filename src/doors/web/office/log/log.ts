import { z } from "zod";
import { exportLog, MOST_EXPORTED } from "#audit/export-log";
import { readLog, type LogEvent, type LogFilter } from "#audit/queries";
import { asActor } from "#people/officer";
import { isId } from "#platform/ids";
import { optionalDay, optionalId, optionalLine } from "#platform/text";
import { isVerb, VERBS } from "#proof/all-events";
import type { Directory } from "#publication/directory";
import { findProblemByNumber, findProblems } from "#office/queries";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { faultSummary, lineField, selectField, type Faults, type Typed } from "#doors/web/ui/field";
import { instantWords } from "#doors/web/ui/day";
import { officeHead, officePage, officeTable } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { asidePanel } from "./aside-panel.ts";
import { verbWords, whoOf } from "./event-words.ts";
import { logFile } from "./log-file.ts";
import { problemsIn, toldFacts, type Problems } from "./told-facts.ts";
import { groupOf, VERB_GROUPS } from "./verb-groups.ts";

const PAGE = 50;

export const logRoutes = [
  route("GET /office/log", { who: "read-log", kind: "page" }, showLog),
  route("POST /office/log/export", { who: "read-log", kind: "export" }, sendExport),
];

const none = z.literal("").transform(() => null);

/** What is searched for, from an address or a form; empty fields ask for everything. */
const LogSearch = z.object({
  verb: z.union([none, z.string().refine(isVerb)], { error: "choice/unknown" }).default(null),
  officer: optionalId,
  number: optionalLine(100),
  from: optionalDay,
  to: optionalDay,
});

type Asked = { readonly filter: LogFilter; readonly faults: Faults };
const NOTHING: LogFilter = { verb: null, officer: null, subject: null, from: null, to: null };

async function asked(visit: Visit, typed: Typed): Promise<Asked> {
  const words = visit.words.people.log;
  const parsed = parse(visit, LogSearch, typed);
  if (parsed.faults !== null) return { filter: NOTHING, faults: parsed.faults };
  const { verb, officer, number, from, to } = parsed.value;
  if (from !== null && to !== null && to < from) return { filter: NOTHING, faults: { to: words.reversed } };
  const subject = number === "" ? null : await findProblemByNumber(visit.town, number);
  if (number !== "" && subject === null) return { filter: NOTHING, faults: { number: words.unknownNumber } };
  return { filter: { verb, officer, subject, from, to }, faults: {} };
}

async function showLog(visit: Visit): Promise<Response> {
  return logPage(visit, visit.context.req.query());
}

async function logPage(visit: Visit, typed: Typed): Promise<Response> {
  const words = visit.words.people.log;
  const names = await visit.names();
  const { filter, faults } = await asked(visit, typed);
  const faulty = Object.keys(faults).length > 0;
  const before = typed["before"] ?? "";
  const { events, next } = faulty ? { events: [], next: null } : await readLog(visit.town, filter, isId(before) ? before : null, PAGE);
  const list =
    events.length === 0
      ? html`<div class="card office-empty">
          <p>${words.none}</p>
        </div>`
      : eventTable(visit, names, await findProblems(visit.town, problemsIn(events)), events);
  const body = html`${faultSummary(visit, faults)} ${officeHead(words.title, words.under)} ${await asidePanel(visit)}
  ${searchForm(visit, names, typed, faults)}
  ${list}
  ${turning(visit, typed, before, next)}
  ${faulty ? "" : exportForm(visit, typed)}`;
  return officePage(visit, names, { title: words.title, body, at: "log", status: faulty ? 422 : 200, faulty });
}

function searchForm(visit: Visit, names: Directory, typed: Typed, faults: Faults): Html {
  const words = visit.words.people.log;
  const verbs = VERB_GROUPS.flatMap((group) =>
    VERBS.filter((verb) => groupOf(verb) === group).map((verb) => ({
      value: verb,
      label: verbWords(visit, verb),
      group: words.verbGroups[group],
    })),
  );
  const officers = [...names.officers.values()].map((officer) => ({ value: officer.id, label: officer.name }));
  const field = (name: string, label: string, type: "text" | "date" = "text") => lineField(visit, { name, label, type, typed, faults });
  return html`<form class="office-filter" method="get" action="/office/log">
    ${selectField(visit, { name: "verb", label: words.verb, options: verbs, none: words.anyVerb, typed, faults })}
    ${selectField(visit, { name: "officer", label: words.who, options: officers, none: words.anybody, typed, faults })}
    ${field("number", words.number)}
    ${field("from", words.from, "date")}
    ${field("to", words.to, "date")}
    <button class="btn" type="submit">${words.search}</button>
  </form>`;
}

function eventTable(visit: Visit, names: Directory, problems: Problems, events: readonly LogEvent[]): Html {
  const words = visit.words.people.log;
  const row = (event: LogEvent) =>
    html`<tr>
      <th scope="row">${instantWords(visit, event.at)}</th>
      <td data-label="${words.who}">${whoOf(visit, names, event)}</td>
      <td data-label="${words.verb}">${verbWords(visit, event.verb)}</td>
      <td class="office-facts-cell" data-label="${words.facts}">${toldFacts(visit, names, problems, event)}</td>
    </tr>`;
  return officeTable([words.when, words.who, words.verb, words.facts], events.map(row));
}

function turning(visit: Visit, typed: Typed, before: string, next: string | null): Html {
  const words = visit.words.people.log;
  const address = (more: Typed) => {
    const query = new URLSearchParams(Object.entries({ ...typed, before: "", ...more }).filter(([, value]) => value !== ""));
    return `/office/log${query.size === 0 ? "" : `?${query}`}`;
  };
  if (before === "" && next === null) return html``;
  return html`<nav class="office-turn" aria-label="${words.title}">
    ${before === "" ? html`<span></span>` : html`<a class="btn" href="${address({})}">${words.newest}</a>`}
    ${next === null ? "" : html`<a class="btn" href="${address({ before: next })}" rel="next">${words.older}</a>`}
  </nav>`;
}

function exportForm(visit: Visit, typed: Typed): Html {
  const words = visit.words.people.log;
  const kept = ["verb", "officer", "number", "from", "to"].map(
    (name) => html`<input type="hidden" name="${name}" value="${typed[name] ?? ""}">`,
  );
  return html`<form class="office-one" method="post" action="/office/log/export" data-turbo="false">
    ${kept}
    <button class="btn" type="submit">${words.export}</button>
    <p class="office-refused">${words.exportHint(MOST_EXPORTED)}</p>
  </form>`;
}

async function sendExport(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const { filter, faults } = await asked(visit, typed);
  if (Object.keys(faults).length > 0) return logPage(visit, typed);
  const events = await exportLog(visit.town, asActor(signedIn(visit)), visit.at, filter);
  return logFile(visit, await visit.names(), events);
}
