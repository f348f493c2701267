import { GATE_ACTS } from "#verification/gate";
import { LEDGER_ACTS } from "#ledger/who-may";
import type { DeskCommand, Offer } from "#office/desk";
import { offersOf } from "#office/offers";
import { ACTS_OF_TURN, turnOf, type OwnTurn } from "#office/turn-of";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { keptDraft } from "#doors/web/office/office-draft";
import { numbersChoice } from "#doors/web/office/publishing";
import type { Visit } from "#doors/web/visit";
import type { Flag } from "#verification/flag";
import { askedPanel } from "./asked-panel.ts";
import { DESK_FORMS } from "./desk-forms.ts";
import type { DeskForm, DeskView } from "./desk-form.ts";
import { flagForms } from "./flag-forms.ts";

/** A form that came back: which one. */
export type Returned = Drawn & { readonly command: DeskCommand };

type Desk = Pick<DeskView, "visit" | "names" | "officer" | "desk" | "weighed">;

/**
 * One thing waits: its form stands open, with what was asked above it. The other acts of this step are buttons, and whatever this step or
 * the officer's duties do not allow is one folded line.
 */
export function actsPanel(at: Desk, flags: readonly Flag[], returned: Returned | null): Html {
  const { visit, officer, desk } = at;
  const words = visit.words.desk;
  const offers = offersOf(desk, officer, visit.at);
  const possible = offers.filter((offer) => offer.refused === null).map(({ command }) => command);
  const turn = turnOf(desk, officer, visit.at);
  const due = turn === null ? null : actDue(at, turn, possible);
  const open = returned?.command ?? chosenAct(visit, possible) ?? due;
  const others = possible.filter((command) => command !== open);
  return html`<section class="desk-acts" id="f-form" tabindex="-1" aria-labelledby="acts">
    <h2 id="acts">${headOf(at, turn, due)}</h2>
    ${possible.length === 0 && turn === null ? html`<p class="hint">${words.nothingNow}</p>` : ""}
    ${flagForms(at, flags)}
    ${askedPanel(visit, at.names, desk)}
    ${open === null ? "" : openAct(at, open, returned, open === due)}
    ${others.length === 0 ? "" : otherActs(at, others, open)}
    ${refusedActs(at, offers)}
  </section>`;
}

/** The act that the officer is waited for with: of the work, the last one once every measure is done. */
function actDue({ desk }: Desk, turn: OwnTurn, possible: readonly DeskCommand[]): DeskCommand | null {
  const { measures, measuresDone } = desk.standing.problem;
  const acts = ACTS_OF_TURN[turn].filter((command) => possible.includes(command));
  return (turn === "work" && measuresDone.length === measures.length ? acts.at(-1) : acts[0]) ?? null;
}

function headOf({ visit }: Desk, turn: OwnTurn | null, due: DeskCommand | null): string {
  const words = visit.words.desk;
  if (turn === "decide-flag") return words.waitsForYou(visit.words.office.steps[turn]);
  return due === null ? words.nextStep : words.waitsForYou(words.commands[due].name);
}

function chosenAct(visit: Visit, possible: readonly DeskCommand[]): DeskCommand | null {
  const wanted = visit.context.req.query("act");
  return possible.find((command) => command === wanted) ?? null;
}

/** The act that is due is named by the head above it. */
function openAct({ visit, ...at }: Desk, command: DeskCommand, returned: Returned | null, isDue: boolean): Html {
  const { typed, lists, faults, key } = returned ?? FRESH;
  const view: DeskView = { visit, ...at, typed, lists, faults };
  const form = actForm(view, DESK_FORMS[command], key, returned !== null);
  if (isDue) return html`<div class="act" id="act">${form}</div>`;
  return html`<section class="act" id="act" aria-labelledby="act-name">
    <h3 id="act-name">${visit.words.desk.commands[command].name}</h3>
    ${form}
  </section>`;
}

function actForm(view: DeskView, form: DeskForm, key: string | null, isReturned: boolean): Html {
  const { id, number, version } = view.desk.standing.problem;
  return formTag({
    action: `/office/ledger/${number}/${form.command}`,
    hidden: { problem: id, version: String(version) },
    key,
    photos: form.photos,
    fields: html`${keptDraft(view.visit, `${number}/${form.command}`, form.fields(view), isReturned)}
    ${numbersChoice(view.visit, view.typed, view.faults)}`,
    button: form.buttons?.(view) ?? view.visit.words.desk.commands[form.command].send,
  });
}

/** One act at a time: whichever else this step allows is a link that opens its form. */
function otherActs({ visit, desk }: Desk, others: readonly DeskCommand[], open: DeskCommand | null): Html {
  const { commands, alsoNow } = visit.words.desk;
  const { number } = desk.standing.problem;
  const link = (command: DeskCommand) =>
    html`<li>
      <a class="btn" href="/office/ledger/${number}?act=${command}#act">${commands[command].name}</a>
    </li>`;
  return html`${open === null ? "" : html`<h3 class="acts-also">${alsoNow}</h3>`}
    <ul class="act-links">
      ${others.map(link)}
    </ul>`;
}

/** A person who knows why does not have to ask: what the duties allow but the problem does not yet, then what is other people's. */
function refusedActs({ visit }: Desk, offers: readonly Offer[]): Html {
  const words = visit.words.desk;
  const mine = offers.filter(({ refused }) => refused !== null && refused !== "officer/not-allowed");
  const others = offers.filter(({ refused }) => refused === "officer/not-allowed");
  if (mine.length + others.length === 0) return html``;
  return html`<details class="acts-not">
    <summary>${mine.length === 0 ? words.notMine : words.notYet(mine.length)}</summary>
    ${refusedList(visit, mine)}
    ${mine.length === 0 || others.length === 0 ? "" : html`<h3 class="acts-also">${words.notMine}</h3>`}
    ${refusedList(visit, others)}
  </details>`;
}

function refusedList(visit: Visit, offers: readonly Offer[]): Html {
  if (offers.length === 0) return html``;
  const line = (offer: Offer) =>
    html`<li>
      <b>${visit.words.desk.commands[offer.command].name}</b>
      <span id="no-${offer.command}">${whyNot(visit, offer)}</span>
    </li>`;
  return html`<ul class="refused-acts">
    ${offers.map(line)}
  </ul>`;
}

const ACTS = { ...LEDGER_ACTS, ...GATE_ACTS };

/** The step that would allow it, where it is the step that forbids it; otherwise the refusal's own words. */
function whyNot(visit: Visit, { command, refused }: Offer): string {
  if (refused === null) return "";
  if (refused !== "problem/wrong-status") return visit.words.refusals.codes[refused];
  const { statuses } = visit.words.publicSide.ledger;
  return visit.words.desk.onlyWhile(ACTS[command].from.map((status) => statuses[status]).join(visit.words.events.list));
}
