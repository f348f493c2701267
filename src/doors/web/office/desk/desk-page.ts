import { flagsOf } from "#verification/queries";
import { findCameras } from "#evidence/queries";
import { findPosition } from "#ledger/queries";
import { hasDuty, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { whyNotIndependent } from "#verification/gate";
import { offersOf } from "#office/offers";
import type { DeskCommand, Offer, ProblemDesk } from "#office/desk";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { meanwhilePanel } from "#doors/web/form/meanwhile";
import { html, type Html } from "#doors/web/html";
import { entryCard } from "#doors/web/ui/entry";
import { faultSummary } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { numbersChoice } from "#doors/web/office/publishing";
import { nameOf, type Visit } from "#doors/web/visit";
import { DESK_FORMS } from "./desk-forms.ts";
import type { DeskForm, DeskView } from "./desk-form.ts";
import {
  askedPanel,
  flagsPanel,
  photosPanel,
  questionsPanel,
  reportsPanel,
  storyPanel,
  supplementsPanel,
  type Weighed,
} from "./desk-panels.ts";

/** A form that came back: which one. */
export type Returned = Drawn & { readonly command: DeskCommand };

export async function deskPage(
  visit: Visit,
  names: Directory,
  officer: Officer,
  desk: ProblemDesk,
  returned: Returned | null,
): Promise<Response> {
  const { problem } = desk.standing;
  const done = visit.context.req.query("done");
  const flags = await flagsOf(visit.town, problem.id);
  const weighed = mayWeigh(officer, desk) ? await weigh(visit, desk) : null;
  const publicPage = html`<a class="btn" href="/ledger/${problem.number}">${visit.words.desk.publicPage}</a>`;
  const body = html`${officeHead(problem.number, nameOf(visit, names.categories.get(problem.category)), publicPage)}
    ${returned === null ? "" : faultSummary(visit, returned.faults)}
    ${returned === null ? "" : meanwhile(visit, names, desk, returned)}
    ${done === undefined ? "" : doneNote(visit, done)}
    <div class="row">
      <div class="col-lg-8">
        ${entryCard(visit, names, problem, dayOf(visit.at))}
        ${supplementsPanel(visit, desk)}
        ${actsPanel(visit, names, officer, desk, returned)}
        ${askedPanel(visit, names, desk)}
        ${questionsPanel(visit, names, desk)}
        ${flagsPanel(visit, names, flags)}
        ${photosPanel(visit, officer, desk, weighed)}
        ${reportsPanel(visit, officer, desk)}
      </div>
      <div class="col-lg-4">${storyPanel(visit, names, desk)}</div>
    </div>`;
  return officePage(visit, names, {
    title: `${problem.number} ${problem.title}`,
    body,
    at: "ledger",
    faulty: returned !== null,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** What the officer may do now, what not yet, and what is other people's. */
function actsPanel(visit: Visit, names: Directory, officer: Officer, desk: ProblemDesk, returned: Returned | null): Html {
  const words = visit.words.desk;
  const { number } = desk.standing.problem;
  const offers = offersOf(desk, officer, visit.at);
  const possible = offers.filter((offer) => offer.refused === null).map(({ command }) => command);
  const open = returned?.command ?? chosenAct(visit, possible);
  const mine = offers.filter((offer) => offer.refused !== null && offer.refused !== "officer/not-allowed");
  const others = offers.filter((offer) => offer.refused === "officer/not-allowed");
  const links = html`<ul class="act-links">
    ${possible.map((command) => actLink(visit, number, command, command === open))}
  </ul>`;
  const notNow = html`<h3 class="acts-not-now">${words.notNow}</h3>
    ${refusedActs(visit, mine)}`;
  const notMine = html`<details class="acts-not">
    <summary>${words.notMine}</summary>
    ${refusedActs(visit, others)}
  </details>`;
  return html`<section class="desk-acts" id="f-form" tabindex="-1" aria-labelledby="acts">
    <h2 id="acts">${words.nextStep}</h2>
    ${possible.length === 0 ? html`<p class="hint">${words.nothingNow}</p>` : links}
    ${open === null ? "" : openAct(visit, names, officer, desk, open, returned)}
    ${mine.length === 0 ? "" : notNow}
    ${others.length === 0 ? "" : notMine}
  </section>`;
}

/** When and where a photo was taken is for whoever verifies, and for nobody involved in the problem. */
function mayWeigh(officer: Officer, { standing }: ProblemDesk): boolean {
  return hasDuty(officer, "verifier") && whyNotIndependent(standing, officer) === null;
}

async function weigh({ town }: Visit, { evidence, standing }: ProblemDesk): Promise<Weighed> {
  const hashes = evidence.map(({ sha256 }) => sha256);
  return { cameras: await findCameras(town, hashes), position: await findPosition(town, standing.problem.id) };
}

/** One act at a time: its form stands open below the row of acts, the others are links. */
function actLink(visit: Visit, number: string, command: DeskCommand, here: boolean): Html {
  const { name } = visit.words.desk.commands[command];
  return html`<li>
    <a class="btn${here ? " btn-primary" : ""}" href="/office/ledger/${number}?act=${command}#act" ${here ? html`aria-current="true"` : ""}
      >${name}</a>
  </li>`;
}

function openAct(
  visit: Visit,
  names: Directory,
  officer: Officer,
  desk: ProblemDesk,
  command: DeskCommand,
  returned: Returned | null,
): Html {
  const { typed, lists, faults, key } = returned ?? FRESH;
  const view: DeskView = { visit, names, desk, officer, typed, lists, faults };
  return html`<section class="act" id="act" aria-labelledby="act-name">
    <h3 id="act-name">${visit.words.desk.commands[command].name}</h3>
    ${actForm(view, DESK_FORMS[command], key)}
  </section>`;
}

function chosenAct(visit: Visit, possible: readonly DeskCommand[]): DeskCommand | null {
  const wanted = visit.context.req.query("act");
  return possible.find((command) => command === wanted) ?? null;
}

function actForm(view: DeskView, form: DeskForm, key: string | null): Html {
  const { id, number, version } = view.desk.standing.problem;
  return formTag({
    action: `/office/ledger/${number}/${form.command}`,
    hidden: { problem: id, version: String(version) },
    key,
    photos: form.photos,
    fields: html`${form.fields(view)}
    ${numbersChoice(view.visit, view.typed, view.faults)}`,
    button: view.visit.words.desk.commands[form.command].send,
  });
}

/** What the officer's own duties allow but the problem does not yet stands in full view; what is other people's is folded away. */
function refusedActs(visit: Visit, offers: readonly Offer[]): Html {
  return html`<ul class="refused-acts">
    ${offers.map((offer) => refusedAct(visit, offer))}
  </ul>`;
}

/** A refused act stays visible, grey, with its reason: a person who knows why does not have to ask. */
function refusedAct(visit: Visit, offer: Offer): Html {
  if (offer.refused === null) return html``;
  return html`<li>
    <button class="btn" type="button" aria-disabled="true" aria-describedby="no-${offer.command}">
      ${visit.words.desk.commands[offer.command].name}
    </button>
    <span id="no-${offer.command}">${visit.words.refusals.codes[offer.refused]}</span>
  </li>`;
}

/** The events that made versions above the one the form was drawn from. */
function meanwhile(visit: Visit, names: Directory, desk: ProblemDesk, { typed }: Returned): Html {
  const drawnFrom = Number(typed["version"]);
  const since = desk.events.filter(({ facts }) => typeof facts["version"] === "number" && facts["version"] > drawnFrom);
  return since.length === 0 ? html`` : meanwhilePanel(visit.words.desk, storyPanel(visit, names, { ...desk, events: since }));
}

function doneNote(visit: Visit, done: string): Html {
  const commands: { readonly [command: string]: { readonly done: string } } = visit.words.desk.commands;
  const known = commands[done];
  return known === undefined ? html`` : html`<p class="alert alert-success" role="status">${known.done}</p>`;
}
