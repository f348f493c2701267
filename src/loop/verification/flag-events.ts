import { z } from "zod";
import { kind, later, log, page, type Told } from "#audit/kind";
import type { Rows, ToldRow } from "#audit/rows";
import { BACK_AT_WORK, changeProblemRow, problemRow } from "#ledger/told-problem";
import { FLAG_KINDS, type FlagDecision } from "./flag.ts";
import { isCalledDone } from "./gate.ts";

const id = z.string();
const day = z.string();
const count = z.number();
const flag = log(id);
const facts = { flag, kind: page(z.enum(FLAG_KINDS)) };
/** Of which unit the verifier was. */
const unit = later(page(id));

/** Reasons to look at a closing again, and what a verifier said of them. */
export const FLAG_EVENTS = {
  "flag.raised": kind({
    subject: "problem",
    facts: { ...facts, dueOn: later(page(day.nullable())), workingDays: later(log(count)) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ at, subject, facts }, rows) {
      const { flag: id, kind, dueOn: due_on, workingDays: working_days } = facts;
      const undecided = { decision: null, decision_reason: null, decided_by: null, decided_at: null } as const;
      rows.add("verification.flag", { id, problem: subject, kind, raised_at: at, due_on, working_days, ...undecided });
    },
  }),
  "flag.dated": kind({
    subject: "problem",
    facts: { ...facts, dueOn: page(day), workingDays: log(count) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ facts }, rows) {
      rows.change("verification.flag", { due_on: facts.dueOn, working_days: facts.workingDays }, isOf(facts.flag));
    },
  }),
  "flag.cleared": kind({
    subject: "problem",
    facts: { ...facts, unit },
    words: { reason: "page", verifier: "sealed", unitName: ["log", "later"] },
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      decide(rows, told, "cleared");
    },
  }),
  "flag.upheld": kind({
    subject: "problem",
    facts: { version: log(count), ...facts, unit: page(id) },
    words: { reason: "page", verifier: "log", unitName: "log" },
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      decide(rows, told, "upheld");
      const { status } = problemRow(rows);
      changeProblemRow(rows, told, status !== undefined && isCalledDone(status) ? BACK_AT_WORK : {});
    },
  }),
};

type Deciding = Pick<Told, "at" | "by"> & {
  readonly facts: { readonly flag: string | undefined };
  readonly words: { readonly reason: string | undefined };
};

function decide(rows: Rows, { at, by, facts, words }: Deciding, decision: FlagDecision): void {
  const how = { decision, decision_reason: words.reason, decided_at: at, decided_by: by ?? undefined };
  rows.change("verification.flag", how, isOf(facts.flag));
}

function isOf(flag: string | undefined): (row: ToldRow<"verification.flag">) => boolean {
  return ({ id }) => id === flag;
}
