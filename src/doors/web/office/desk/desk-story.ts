import { z } from "zod";
import type { DeskEvent } from "#office/desk-events";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { verbWords, whoOf } from "#doors/web/office/log/event-words";
import { dayText, instantWords } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";
import { card } from "./desk-panels.ts";

/** Every event, newest first, as the office sees it: who, when, and what was said and written, each with its label. */
export function storyPanel(visit: Visit, names: Directory, { events }: { readonly events: readonly DeskEvent[] }): Html {
  const one = (event: DeskEvent) => html`<li>
    <span class="desk-when">${instantWords(visit, event.at)} · ${whoOf(visit, names, event)}</span>
    <b>${verbWords(visit, event.verb)}</b>
    ${toldBy(visit, names, event)}
  </li>`;
  return card(
    visit.words.desk.story,
    html`<ol class="timeline desk-story">
      ${events.map(one)}
    </ol>`,
  );
}

function toldBy(visit: Visit, names: Directory, event: DeskEvent): Html {
  const told = [...answerableIn(visit, names, event), ...daysOf(visit, event), ...spokenIn(visit, event)];
  if (told.length === 0) return html``;
  const line = ([label, text]: Told) =>
    html`<dt>${label}</dt>
      <dd>${text}</dd>`;
  return html`<dl class="desk-told">
    ${told.map(line)}
  </dl>`;
}

type Told = readonly [label: string, text: string];

const Answerable = z.object({ leaders: z.array(z.string()).min(1), unit: z.string().optional() });

/** Who answers from then on, as they were called then. */
function answerableIn(visit: Visit, names: Directory, { facts, words }: DeskEvent): readonly Told[] {
  const answerable = Answerable.safeParse(facts);
  if (!answerable.success) return [];
  const { leaders, unit } = answerable.data;
  const then = [words["leader1"], words["leader2"]];
  const who = leaders.map((id, i) => then[i] || (names.officers.get(id)?.name ?? "—")).join(visit.words.events.list);
  return [[visit.words.common.who, unit === undefined ? who : `${who} · ${nameOf(visit, names.units.get(unit))}`]];
}

/** Days and instants that events carry, by the name of the fact. */
const DAYS = ["dueOn", "newDueOn", "resumeOn", "lastDay", "openUntil"] as const;

function daysOf(visit: Visit, { facts }: DeskEvent): readonly Told[] {
  return DAYS.flatMap((name) => {
    const day = facts[name];
    if (typeof day !== "string") return [];
    return [[visit.words.desk.told[name], dayText(visit, name === "openUntil" ? dayOf(new Date(day)) : day)] as const];
  });
}

/** What people were called then stands among the words for the log; here it is said already. */
const NAMES = /^(from)?(leader[12]|unitName)$|^verifier$/i;

function spokenIn(visit: Visit, { words }: DeskEvent): readonly Told[] {
  const labels: { readonly [field: string]: string } = visit.words.desk.told;
  return Object.entries(words).flatMap(([field, text]) => (NAMES.test(field) ? [] : [[labels[field] ?? field, text] as const]));
}
