import type { z } from "zod";
import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import type { Problem } from "#ledger/problem";
import { RemindLeaders, remindLeaders } from "#ledger/remind-leaders";
import { LEDGER_ACTS, whyNotFrom } from "#ledger/who-may";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import type { RefusalCode } from "#refusals";
import { parse, type Sent } from "#doors/web/form";
import { part, type Drawn } from "#doors/web/form/drawn";
import { faultsOfLeaders, leaderFields, unitsOf } from "#doors/web/form/leader-fields";
import { readAs, withFaults, type Read } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { lineField, paragraphField, selectField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What can be done to several problems at once, each in a transaction of its own. */
export type BulkName = "assign" | "remind";

export type BulkView = Pick<Drawn, "typed" | "lists" | "faults"> & {
  readonly visit: Visit;
  readonly names: Directory;
  /** The last due day that a problem may be given today, in words. */
  readonly latest: (problem: Problem) => string | undefined;
};

export type Bulk = {
  /** Why this problem cannot take part, by where it stands. */
  readonly whyNot: (problem: Problem) => RefusalCode | null;
  /** What its fields are called where they hold for all. */
  readonly named: readonly string[];
  /** The fields for all (`problem` null) or those that differ for one. */
  readonly fields: (view: BulkView, problem: Problem | null) => Html;
  readonly read: (visit: Visit, sent: Sent, problem: string) => Read;
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
  const moved = (read: Read): Read => {
    if ("act" in read) return read;
    const faults = Object.entries(read.faults).map(([field, fault]) => [fields.includes(field) ? where(field) : field, fault]);
    return { faults: Object.fromEntries(faults) };
  };
  return { typed: { ...typed, leaders, problem, version: sent.typed[named("version", problem)] ?? "" }, moved };
}

function readAssign(visit: Visit, sent: Sent, problem: string): Read {
  const { typed, moved } = merged(sent, problem, ["unit", "measures", "goal", "dueOn"]);
  return moved(withFaults(actOn(visit, AssignProblem, typed, assignProblem), faultsOfLeaders(visit, typed.leaders)));
}

function readRemind(visit: Visit, sent: Sent, problem: string): Read {
  const { typed, moved } = merged(sent, problem, ["note"]);
  return moved(actOn(visit, RemindLeaders, typed, remindLeaders));
}

function actOn<T extends { readonly problem: string }>(
  visit: Visit,
  schema: z.ZodType<T>,
  typed: object,
  act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>,
): Read {
  return readAs(parse(visit, schema, typed), async (town, what) => {
    await act(town, signedIn(visit), visit.at, what);
    return what.problem;
  });
}

function assignFields(view: BulkView, problem: Problem | null): Html {
  const { visit, names } = view;
  const words = visit.words.office.bulk;
  const of = problem?.id ?? null;
  const latest = problem === null ? undefined : view.latest(problem);
  const unit = { options: unitsOf(visit, names), none: of === null ? words.choosePerson : words.same };
  return html`<div class="office-grid">
    ${leadersField(view, of)}
    ${selectField(visit, { ...part(view, named("unit", of), words.unit), ...unit })}
    ${lineField(visit, { ...part(view, named("dueOn", of), words.dueOn, latest ?? words.dueHint), type: "date" })}
    <div class="office-wide">
      ${paragraphField(visit, { ...part(view, named("measures", of), words.measures), rows: 3 })}
      ${lineField(visit, part(view, named("goal", of), words.goal))}
    </div>
  </div>`;
}

function leadersField(view: BulkView, problem: string | null): Html {
  const words = view.visit.words.office.bulk;
  const name = named("leaders", problem);
  const none = problem === null ? ([words.choosePerson, words.none] as const) : ([words.same, words.same] as const);
  return leaderFields({ ...view, name, chosen: view.lists[name] ?? [], words, none });
}

function remindFields(view: BulkView, problem: Problem | null): Html {
  const words = view.visit.words.office.bulk;
  return paragraphField(view.visit, { ...part(view, named("note", problem?.id ?? null), words.note, words.noteHint), rows: 3 });
}
