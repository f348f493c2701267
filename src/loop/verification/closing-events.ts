import { z } from "zod";
import { kind, later, log, page, type Told } from "#audit/kind";
import type { Rows, ToldRow } from "#audit/rows";
import { BACK_AT_WORK, changeProblemRow, problemRow } from "#ledger/told-problem";
import { dayOf } from "#platform/instant";

const id = z.string();
const day = z.string();
const count = z.number();
const version = log(count);

/** Who verified, of which unit, and what both were called then. */
export const unit = later(page(id));
export const VERIFIER_THEN = { verifier: "log", unitName: ["log", "later"] } as const;

const lookBackFacts = { version, lookBack: log(id), dueOn: page(day), unit };
const lookBackWords = { finding: "page", ...VERIFIER_THEN } as const;
const newDueOn = log(day.nullable());

/** A number is struck off, looked at again, and comes back. */
export const CLOSING_EVENTS = {
  "problem.closed": kind({
    subject: "problem",
    facts: {
      version,
      closing: log(id),
      check: log(id),
      silent: page(count),
      /** How often those were called or visited in vain. */
      attempts: later(page(count)),
      lookBacks: log(z.array(day)),
      lookBackIds: later(log(z.array(id))),
    },
    words: { statement: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("verification.closing", {
        id: facts.closing,
        problem: subject,
        check: facts.check,
        statement: words.statement,
        closed_at: at,
        closed_by: by ?? undefined,
      });
      for (const [i, due_on] of (facts.lookBacks ?? []).entries())
        rows.add("verification.look_back", { id: facts.lookBackIds?.[i], problem: subject, closing: facts.closing, due_on, ...AHEAD });
      changeProblemRow(rows, told, {
        status: "closed",
        closed_on: dayOf(at),
        silent_count: facts.silent,
        silent_attempt_count: facts.attempts ?? 0,
      });
    },
  }),
  "look-back.held": kind({
    subject: "problem",
    facts: lookBackFacts,
    words: lookBackWords,
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      lookedBack(rows, told, "held");
      changeProblemRow(rows, told, {});
    },
  }),
  "look-back.relapsed": kind({
    subject: "problem",
    facts: { ...lookBackFacts, newDueOn },
    words: lookBackWords,
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      lookedBack(rows, told, "relapsed");
      comeBack(rows, told);
    },
  }),
  "problem.recurred": kind({
    subject: "problem",
    facts: { version, newDueOn },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      comeBack(rows, told);
    },
  }),
};

const AHEAD = { outcome: null, finding: null, done_at: null, done_by: null, dropped_at: null } as const;

type LookedBack = Told<typeof lookBackFacts, typeof lookBackWords>;

function lookedBack(rows: Rows, { at, by, facts, words }: LookedBack, outcome: "held" | "relapsed"): void {
  const isIt = ({ id, due_on, outcome }: ToldRow<"verification.look_back">) =>
    outcome === null && (id === undefined ? due_on === facts.dueOn : id === facts.lookBack);
  const how = { id: facts.lookBack, outcome, finding: words.finding, done_at: at, done_by: by ?? undefined };
  rows.change("verification.look_back", how, isIt);
}

/** Back at work under its number: the relapse is counted, the due day is new, the look-backs ahead mean nothing any more. */
function comeBack(rows: Rows, told: Pick<Told, "at"> & { readonly facts: { readonly newDueOn?: string | null | undefined } }): void {
  for (const ahead of rows.all("verification.look_back"))
    if (ahead.outcome === null && ahead.dropped_at === null) ahead.dropped_at = told.at;
  changeProblemRow(rows, told, {
    ...BACK_AT_WORK,
    closed_on: null,
    measures_done: [],
    relapse_count: (problemRow(rows).relapse_count ?? 0) + 1,
    due_on: told.facts.newDueOn,
    assigned_on: dayOf(told.at),
    silent_count: 0,
    silent_attempt_count: 0,
  });
}
