import type { Problem } from "#ledger/problem";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { RefusalCode } from "#refusals";
import { readCalendar } from "#limits/calendar";
import { latestDue, type LastDay } from "#ledger/due-days";
import type { Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { latestDay, whyNotThatDay } from "#doors/web/office/latest-day";
import { keptDraft } from "#doors/web/office/office-draft";
import { fieldOf } from "#doors/web/refused-field";
import { faultSummary, type Faults } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BULK, named, type BulkName, type BulkView } from "./bulk-form.ts";

export type BulkParts = {
  readonly problems: readonly Problem[];
  readonly drawn: Drawn;
  /** Why each was refused, by problem. */
  readonly refused: ReadonlyMap<string, RefusalCode>;
  readonly done: readonly Problem[];
};

/** The refusals in words, by problem. */
type Refused = ReadonlyMap<string, { readonly code: RefusalCode; readonly says: string }>;

/** The shared fields, then each problem with what differs for it; what was refused says so in its place. */
export async function bulkPage(visit: Visit, name: BulkName, parts: BulkParts): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.office.bulk;
  const { problems, drawn, refused } = parts;
  const { typed, lists } = drawn;
  const lastDayOf = await lastDays(visit, names);
  const why = new Map(
    problems.flatMap((problem) => {
      const code = refused.get(problem.id);
      return code === undefined ? [] : [[problem.id, { code, says: whyNotThatDay(visit, code, lastDayOf(problem)) }] as const];
    }),
  );
  const faults = { ...drawn.faults, ...faultsOf(name, why) };
  const latest = (problem: Problem) => {
    const last = lastDayOf(problem);
    return last === null ? undefined : latestDay(visit, last);
  };
  const view: BulkView = { visit, names, typed, lists, faults, latest };
  const sendable = problems.filter((problem) => BULK[name].whyNot(problem) === null).length;
  const title = name === "assign" ? words.assignTitle : words.remindTitle;
  const send = name === "assign" ? words.sendAssign(sendable) : words.sendRemind(sendable);
  const asked = html`<fieldset class="office-each">
      <legend>${words.forAll}</legend>
      ${BULK[name].fields(view, null)}
    </fieldset>
    ${problems.map((problem) => each(view, name, problem, why.get(problem.id)?.says ?? null))}`;
  // Words for these problems are no words for others.
  const fields = keptDraft(visit, `bulk/${name}/${problems.map(({ number }) => number).join()}`, asked, drawn.status !== 200);
  const body = html`${officeHead(
    title,
    name === "assign" ? words.assignUnder : words.remindUnder,
    html`<a class="btn" href="/office/ledger">${words.toLedger}</a>`,
  )}
    ${faultSummary(visit, drawn.faults)}
    ${why.size === 0 ? "" : result(visit, name, parts, why)}
    ${formTag({ action: `/office/bulk/${name}`, hidden: {}, key: drawn.key, fields, button: sendable === 0 ? html`` : send })}`;
  return officePage(visit, names, { title, body, at: "ledger", status: drawn.status, faulty: drawn.status !== 200 });
}

function each(view: BulkView, name: BulkName, problem: Problem, refused: string | null): Html {
  const { visit, names, typed, faults, lists } = view;
  const words = visit.words.office.bulk;
  const code = BULK[name].whyNot(problem);
  const why = refused ?? (code === null ? null : visit.words.refusals.codes[code]);
  const head = html`<h2><a href="/office/ledger/${problem.number}">${problem.number}</a> ${problem.title}</h2>
    <p class="hint">${nameOf(visit, names.categories.get(problem.category))}</p>
    ${why === null ? "" : html`<p class="fault">${words.refusedHere}${why}</p>`}`;
  if (code !== null) return html`<section class="office-each is-refused" id="f-form_${problem.id}" tabindex="-1">${head}</section>`;
  const isOwn = [...Object.entries(typed), ...Object.entries(lists).map(([field, values]) => [field, values.join("")] as const)].some(
    ([field, value]) => field.endsWith(`_${problem.id}`) && !field.startsWith("version_") && value !== "",
  );
  const open = isOwn || refused !== null || Object.keys(faults).some((field) => field.endsWith(`_${problem.id}`));
  return html`<section class="office-each${why === null ? "" : " is-refused"}" id="f-form_${problem.id}" tabindex="-1">
    ${head}
    <input type="hidden" name="problem" value="${problem.id}">
    <input type="hidden" name="version_${problem.id}" value="${problem.version}">
    <details ${open ? html`open` : ""}>
      <summary>${words.forThis}<span class="visually-hidden"> ${problem.number}</span></summary>
      ${BULK[name].fields(view, problem)}
    </details>
  </section>`;
}

/** Beside the problem's own field for what was refused: what holds for all of them may well do for the others. */
function faultsOf(name: BulkName, why: Refused): Faults {
  return Object.fromEntries(
    [...why].flatMap(([problem, { code, says }]) => {
      const field = fieldOf(code, BULK[name].named);
      return field === null ? [] : [[named(field, problem), says]];
    }),
  );
}

/** What was refused, each leading to its place, and what was done. */
function result(visit: Visit, name: BulkName, { problems, refused, done }: BulkParts, why: Refused): Html {
  const words = visit.words.office.bulk;
  const places = problems.flatMap(({ id, number }) => {
    const no = why.get(id);
    if (no === undefined) return [];
    const place = named(fieldOf(no.code, BULK[name].named) ?? "form", id);
    return html`<li><a href="#f-${place}">${number} ${no.says}</a></li>`;
  });
  return html`<div class="alert alert-warning" role="alert" tabindex="-1" autofocus>
    <p>
      <b>${words.resultRefused(refused.size)}</b>
    </p>
    <ul>
      ${places}
    </ul>
    ${done.length === 0 ? "" : doneNote(visit, done)}
  </div>`;
}

function doneNote(visit: Visit, done: BulkParts["done"]): Html {
  const link = ({ number }: Problem, i: number) =>
    html`${i === 0 ? "" : visit.words.events.list} <a href="/office/ledger/${number}">${number}</a>`;
  return html`<p>${visit.words.office.bulk.resultDone(done.length)}：${done.map(link)}</p>`;
}

export async function nothingPage(visit: Visit, name: BulkName): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.office.bulk;
  const title = name === "assign" ? words.assignTitle : words.remindTitle;
  const body = html`${officeHead(title, "")}
    <div class="card office-empty">
      <h2>${words.nothing}</h2>
      <p>${words.nothingHint}</p>
      <p>
        <a class="btn" href="/office/ledger">${words.toLedger}</a>
      </p>
    </div>`;
  return officePage(visit, names, { title, body, at: "ledger" });
}

/** The last due day of a problem assigned today. */
async function lastDays(visit: Visit, names: Directory): Promise<(problem: Problem) => LastDay | null> {
  const calendar = await readCalendar(visit.town);
  const today = dayOf(visit.at);
  return (problem) => {
    const category = names.categories.get(problem.category);
    if (category === undefined) return null;
    const campaignDays = names.campaigns.get(problem.campaign ?? "")?.finishDays ?? null;
    return latestDue({ category, campaignDays, calendar }, today);
  };
}
