import type { Status } from "#ledger/problem";
import type { Fact } from "#platform/canonical-json";

/** One event of a problem, as far as it says how the problem stands; a word that was redacted is null. */
export type Told = {
  readonly verb: string;
  readonly facts: { readonly [name: string]: Fact };
  readonly words: { readonly [field: string]: string | null };
};

/** How a problem stands by its events alone; null where a word was redacted, or nothing was said yet. */
export type Retold = {
  status: Status;
  title: string | null;
  details: string | null;
  place: string | null;
  goal: string | null;
  measures: string | null;
  category: Fact;
  theme: Fact;
  village: Fact;
  leaders: Fact;
  unit: Fact;
  dueOn: Fact;
  originalDueOn: Fact;
  relapses: number;
  answered: number;
  solved: number;
};

const BEFORE: Retold = {
  status: "opened",
  title: "",
  details: "",
  place: "",
  goal: "",
  measures: "",
  category: null,
  theme: null,
  village: null,
  leaders: [],
  unit: null,
  dueOn: null,
  originalDueOn: null,
  relapses: 0,
  answered: 0,
  solved: 0,
};

/** Tells a problem's events from the first to the last again. What only the row knows (its search words, say) is not told. */
export function retell(events: readonly Told[]): Retold {
  return events.reduce<Retold>((before, event) => ({ ...before, ...changeOf(before, event) }), BEFORE);
}

function changeOf(before: Retold, { verb, facts, words }: Told): Partial<Retold> {
  const word = (field: string) => (field in words ? (words[field] ?? null) : "");
  switch (verb) {
    case "problem.opened":
      return {
        title: word("title"),
        details: word("details"),
        place: word("place"),
        category: facts["category"] ?? null,
        theme: facts["theme"] ?? null,
        village: facts["village"] ?? null,
      };
    case "problem.themed":
      return { theme: facts["theme"] ?? null };
    case "problem.assigned": {
      const dueOn = facts["dueOn"] ?? null;
      const how = { goal: word("goal"), measures: word("measures"), dueOn, originalDueOn: dueOn };
      return { ...how, status: "assigned", leaders: facts["leaders"] ?? [], unit: facts["unit"] ?? null };
    }
    case "problem.handed-over":
      return { leaders: facts["leaders"] ?? [], unit: facts["unit"] ?? null };
    case "problem.dated":
      return { dueOn: facts["dueOn"] ?? null };
    case "extension.granted":
      return { dueOn: facts["newDueOn"] ?? null };
    case "suspension.approved":
      return { status: "suspended" };
    case "suspension.ended":
      return { status: "assigned", dueOn: facts["newDueOn"] ?? null };
    case "problem.rectified":
      return { status: "rectified" };
    case "check.passed":
      return { status: "verified" };
    case "check.failed":
    case "answer.honoured":
      return { status: "assigned" };
    case "objection.upheld":
      return before.status === "verified" ? { status: "assigned" } : {};
    case "problem.closed":
      return { status: "closed" };
    case "look-back.relapsed":
    case "problem.recurred":
      return { status: "assigned", dueOn: facts["newDueOn"] ?? null, relapses: before.relapses + 1 };
    case "dismissal.confirmed":
      return { status: "dismissed" };
    case "problem.reinstated":
      return { status: "opened" };
    case "answer.given":
      return { answered: before.answered + 1, solved: before.solved + (facts["solved"] === true ? 1 : 0) };
    default:
      return {};
  }
}
