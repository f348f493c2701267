import { listCallBacks, type CallBackDesk, type QueuedCallBack } from "#office/call-backs";
import { findReport } from "#intake/queries";
import { openedIdentity } from "#intake/opened-identity";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { dayWords, shortDay } from "#doors/web/ui/day";
import { faultSummary } from "#doors/web/ui/field";
import { countWords, officeHead, officePage } from "#doors/web/ui/office";
import { channelName } from "#doors/web/ui/told";
import type { Visit } from "#doors/web/visit";
import { callBackLamp } from "./callback-lamp.ts";
import { askedPanel, mannerOf, reachPanel, type CallBackView } from "./callback-form.ts";
import { picturesPanel, scriptPanel, triesPanel } from "./callback-script.ts";

/** The queue, with nobody opened: whoever begins is given somebody whom no colleague has. */
export async function queuePage(visit: Visit): Promise<Response> {
  const words = visit.words.office.callbacks;
  const names = await visit.names();
  const queue = await listCallBacks(visit.town, signedIn(visit), visit.at);
  const body = html`${head(visit, queue, "")} ${doneNote(visit)}
    ${
      queue.length === 0
        ? html`<div class="card office-empty">
            <h2>${words.none}</h2>
            <p>${words.noneHint}</p>
          </div>`
        : html`<div class="call-two">
            ${pile(visit, names, queue, null)}
            <div class="card office-empty">
              <h2>${words.choose}</h2>
              ${formTag({ action: "/office/callbacks", hidden: {}, key: null, fields: html``, button: words.start })}
              <p class="hint mt-3">${words.rule}</p>
            </div>
          </div>`
    }`;
  return officePage(visit, names, { title: words.title, body, at: "callbacks" });
}

export async function callBackPage(visit: Visit, desk: CallBackDesk, returned: Drawn | null): Promise<Response> {
  const words = visit.words.office.callbacks;
  const by = signedIn(visit);
  const names = await visit.names();
  const queue = await listCallBacks(visit.town, by, visit.at);
  const report = await findReport(visit.town, desk.question.report);
  const opened = await openedIdentity(visit.town, by, visit.at, desk.question.report);
  const view: CallBackView = { visit, names, desk, report, opened, drawn: returned ?? FRESH };
  const { problem } = desk.standing;
  const body = html`${head(visit, queue, mannerSwitch(view))}
    ${faultSummary(visit, view.drawn.faults)}
    ${doneNote(visit)}
    <div class="call-two">
      <article class="card call-open">
        <section>
          <div class="call-name">
            <h2 class="serif">${problem.title}</h2>
            <a href="/office/ledger/${problem.number}">${problem.number}</a>
          </div>
          ${desk.heldBy === null ? "" : html`<p class="office-new">${words.heldNote(nameIn(names, desk.heldBy))}</p>`}
          <div class="call-told">
            <div>
              ${scriptPanel(view)}
              <p class="hint">
                ${words.listen}
                <a href="/office/calls/new" data-key="KeyN">${words.another}</a>
              </p>
            </div>
            <div>${picturesPanel(view)} ${triesPanel(view)}</div>
          </div>
        </section>
        <section>${desk.refused === null ? reachPanel(view) : ""} ${askedPanel(view)}</section>
      </article>
      ${pile(visit, names, queue, desk.question.id)}
    </div>
    ${keysLine(view)}`;
  return officePage(visit, names, {
    title: `${words.title} · ${problem.number}`,
    body,
    at: "callbacks",
    status: view.drawn.status,
    faulty: returned !== null,
  });
}

function head(visit: Visit, queue: readonly QueuedCallBack[], actions: Html | string): Html {
  const words = visit.words.office.callbacks;
  return officeHead(words.title, html`${words.under(countWords(queue.length))} · ${dayWords(visit, dayOf(visit.at))}`, actions);
}

function mannerSwitch({ visit, desk }: CallBackView): Html {
  const words = visit.words.office.callbacks;
  const other = mannerOf(visit, desk) === "phone" ? "visit" : "phone";
  if (desk.refused !== null || (other === "phone" && !desk.question.callableBy.includes("phone"))) return html``;
  return html`<a class="btn" href="/office/callbacks/${desk.question.id}?manner=${other}">
    ${other === "visit" ? words.toVisit : words.toPhone}
  </a>`;
}

/** Everybody to be asked; j and k turn to the one after and the one before. */
function pile(visit: Visit, names: Directory, queue: readonly QueuedCallBack[], here: string | null): Html {
  const words = visit.words.office.callbacks;
  const at = queue.findIndex(({ question }) => question === here);
  const keys = new Map([
    [queue[at + 1]?.question, "KeyJ"],
    [at < 1 ? undefined : queue[at - 1]?.question, "KeyK"],
  ]);
  return html`<nav class="call-pile" aria-label="${words.queue}">
    <ol>
      ${queue.map((one) => queued(visit, names, one, { isHere: one.question === here, key: keys.get(one.question) ?? "" }))}
    </ol>
  </nav>`;
}

type Place = { readonly isHere: boolean; readonly key: string };

function queued(visit: Visit, names: Directory, one: QueuedCallBack, { isHere, key }: Place): Html {
  return html`<li>
    <a
      href="/office/callbacks/${one.question}"
      ${isHere ? html`aria-current="true"` : ""}
      ${key === "" ? "" : html`data-key="${key}"`}
    >
      ${callBackLamp(visit, one.until)}
      <span class="serif">${one.title}</span>
      <span class="call-hint">
        <span>${channelName(visit, one.channel)} · ${shortDay(visit, dayOf(one.joinedAt))}</span>
        <span>${standsAs(visit, names, one)}</span>
      </span>
    </a>
  </li>`;
}

function standsAs(visit: Visit, names: Directory, { heldBy, byPhone, tried }: QueuedCallBack): string {
  const words = visit.words.office.callbacks;
  if (heldBy !== null) return words.held(nameIn(names, heldBy));
  return byPhone ? words.nth(tried + 1) : words.visitOnly;
}

function nameIn(names: Directory, officer: string): string {
  return names.officers.get(officer)?.name ?? "—";
}

const DONE = ["yes", "no", "nobody"] as const;

function doneNote(visit: Visit): Html {
  const words = visit.words.office.callbacks;
  const said = visit.context.req.query("done");
  const done = DONE.find((one) => one === said);
  const note = said === "dialled" ? words.dialled : done === undefined ? null : words.done[done];
  return note === null ? html`` : html`<p class="alert alert-success" role="status">${note}</p>`;
}

function keysLine({ visit, desk }: CallBackView): Html {
  const { keys, rule } = visit.words.office.callbacks;
  const ofForm = html`<span><kbd>d</kbd> ${keys.dial}</span>
    <span><kbd>1 2 3</kbd> ${keys.say}</span>`;
  return html`<p class="call-keys">
    ${desk.refused === null ? ofForm : ""}
    <span><kbd>n</kbd> ${keys.another}</span>
    <span><kbd>j k</kbd> ${keys.turn}</span>
    <span>${rule}</span>
  </p>`;
}
