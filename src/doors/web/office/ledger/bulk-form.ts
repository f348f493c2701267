import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import type { Problem } from "#ledger/problem";
import { RemindLeaders, remindLeaders } from "#ledger/remind-leaders";
import { LEDGER_ACTS, whyNotFrom } from "#ledger/who-may";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { RefusalCode } from "#refusals";
import { parse, type Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { framed, lineField, paragraphField, optionTags, selectField, type Faults, type FieldParts, type Typed } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";

/** What can be done to several problems at once, each in a transaction of its own. */
export type BulkName = "assign" | "remind";

export type BulkView = {
  readonly visit: Visit;
  readonly names: Directory;
  readonly typed: Typed;
  readonly lists: Sent["lists"];
  readonly faults: Faults;
  /** The last due day each category allows today; absent while the calendar is unknown. */
  readonly latest: ReadonlyMap<string, string>;
};

type Read = { readonly faults: Faults } | { readonly act: (town: Town) => Promise<void> };

export type Bulk = {
  /** Why this problem cannot take part, by where it stands. */
  readonly whyNot: (problem: Problem) => RefusalCode | null;
  /** What its fields are called where they hold for all. */
  readonly named: readonly string[];
  /** The fields for all (`problem` null) or those that differ for one. */
  readonly fields: (view: BulkView, problem: Problem | null) => Html;
  readonly read: (visit: Visit, by: Officer, sent: Sent, problem: string) => Read;
};

export const BULK: Record<BulkName, Bulk> = {
  assign: {
    whyNot: (problem) => whyNotFrom(LEDGER_ACTS.assign, problem.status),
    named: ["leaders", "unit", "measures", "goal", "dueOn"],
    fields: assignFields,
    read: readAssign,
  },
  remind: {
    whyNot: (problem) => whyNotFrom(LEDGER_ACTS.remind, problem.status),
    named: ["note"],
    fields: remindFields,
    read: readRemind,
  },
};

/** The name of a field for one problem: `goal_<id>`; for all of them it is `goal`. */
export function named(name: string, problem: string | null): string {
  return problem === null ? name : `${name}_${problem}`;
}

/** What holds for one problem: its own words where it has some, else those for all; faults lead to where it was typed. */
function merged(sent: Sent, problem: string, fields: readonly string[]) {
  const isOwn = (field: string) => (sent.typed[named(field, problem)] ?? "") !== "";
  const where = (field: string) => named(field, isOwn(field) ? problem : null);
  const typed = Object.fromEntries(fields.map((field) => [field, sent.typed[where(field)] ?? ""]));
  const ownLeaders = (sent.lists[named("leaders", problem)] ?? []).filter((leader) => leader !== "");
  const leaders = ownLeaders.length > 0 ? ownLeaders : (sent.lists["leaders"] ?? []);
  const moved = (faults: Faults): Faults =>
    Object.fromEntries(Object.entries(faults).map(([field, fault]) => [fields.includes(field) ? where(field) : field, fault]));
  return { typed: { ...typed, leaders, problem, version: sent.typed[named("version", problem)] ?? "" }, moved };
}

function readAssign(visit: Visit, by: Officer, sent: Sent, problem: string): Read {
  const { typed, moved } = merged(sent, problem, ["unit", "measures", "goal", "dueOn"]);
  const { value, faults } = parse(visit, AssignProblem, typed);
  return faults === null ? { act: (town) => assignProblem(town, by, visit.at, value) } : { faults: moved(faults) };
}

function readRemind(visit: Visit, by: Officer, sent: Sent, problem: string): Read {
  const { typed, moved } = merged(sent, problem, ["note"]);
  const { value, faults } = parse(visit, RemindLeaders, typed);
  return faults === null ? { act: (town) => remindLeaders(town, by, visit.at, value) } : { faults: moved(faults) };
}

function part(view: BulkView, name: string, label: string, hint?: string): FieldParts {
  return { name, label, typed: view.typed, faults: view.faults, ...(hint === undefined ? {} : { hint }) };
}

function assignFields(view: BulkView, problem: Problem | null): Html {
  const { visit, names } = view;
  const words = visit.words.office.bulk;
  const of = problem?.id ?? null;
  const units = [...names.units.values()].map((unit) => ({ value: unit.id, label: nameOf(visit, unit), retired: unit.retired }));
  const latest = problem === null ? undefined : view.latest.get(problem.category);
  return html`<div class="office-grid">
    ${leaderField(view, of, 0)}
    ${leaderField(view, of, 1)}
    ${selectField(visit, { ...part(view, named("unit", of), words.unit), options: units, none: of === null ? words.choosePerson : words.same })}
    ${lineField(visit, { ...part(view, named("dueOn", of), words.dueOn, latest ?? words.dueHint), type: "date" })}
    <div class="office-wide">
      ${paragraphField(visit, { ...part(view, named("measures", of), words.measures), rows: 3 })}
      ${lineField(visit, part(view, named("goal", of), words.goal))}
    </div>
  </div>`;
}

/** Two lists of leaders, both sent under one name: the first must be chosen, the second may stay empty. */
function leaderField(view: BulkView, problem: string | null, position: 0 | 1): Html {
  const { visit, names, lists } = view;
  const words = visit.words.office.bulk;
  const name = named("leaders", problem);
  const chosen = lists[name]?.[position] ?? "";
  const leaders = [...names.officers.values()].map((officer) => ({
    value: officer.id,
    label: `${officer.name} · ${nameOf(visit, names.units.get(officer.unit))}`,
    retired: officer.disabled || !officer.duties.has("leader"),
  }));
  const none = problem !== null ? words.same : position === 0 ? words.choosePerson : words.none;
  const id = position === 0 ? name : `${name}-2`;
  const faulty = view.faults[id] !== undefined;
  return framed(
    visit,
    part(view, id, position === 0 ? words.leader : words.secondLeader),
    html`<select
      class="form-select${faulty ? " is-invalid" : ""}"
      id="f-${id}"
      name="${name}"
      ${faulty ? html`aria-describedby="e-${id}" aria-invalid="true"` : ""}
    >
      ${optionTags(visit, [{ value: "", label: none }, ...leaders], chosen)}
    </select>`,
  );
}

function remindFields(view: BulkView, problem: Problem | null): Html {
  const words = view.visit.words.office.bulk;
  return paragraphField(view.visit, { ...part(view, named("note", problem?.id ?? null), words.note, words.noteHint), rows: 3 });
}
