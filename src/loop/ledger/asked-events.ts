import { z } from "zod";
import { kind, later, log, page, type Told } from "#audit/kind";
import type { ToldRow } from "#audit/rows";
import { changeProblemRow, problemRow } from "./told-problem.ts";

const id = z.string();
const day = z.string();
const version = log(z.number());

const isUndecided = (row: { readonly decision?: string | null | undefined }) => row.decision === null;
const stillRuns = (row: ToldRow<"ledger.suspension">) => row.decision === "approved" && row.ended_at === null;
const undecided = { decision: null, decided_at: null, decided_by: null, decision_reason: null } as const;

function decided<D extends string>(decision: D, { at, by }: Pick<Told, "at" | "by">, reason: string | undefined) {
  return { decision, decided_at: at, decided_by: by ?? undefined, decision_reason: reason };
}

/** What is asked for and decided by somebody else: more days, a standstill, that it be dismissed. */
export const ASKED_EVENTS = {
  "extension.asked": kind({
    subject: "problem",
    facts: { version, fromDueOn: page(day.nullable()), newDueOn: page(day), extension: later(log(id)) },
    words: { reason: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.extension", {
        id: facts.extension,
        problem: subject,
        from_due_on: facts.fromDueOn ?? undefined,
        new_due_on: facts.newDueOn,
        reason: words.reason,
        asked_at: at,
        asked_by: by ?? undefined,
        ...undecided,
      });
      changeProblemRow(rows, told, {});
    },
  }),
  "extension.granted": kind({
    subject: "problem",
    facts: { version, fromDueOn: page(day.nullable()), newDueOn: page(day) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.extension", decided("granted", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, { due_on: told.facts.newDueOn });
    },
  }),
  "extension.refused": kind({
    subject: "problem",
    facts: { version, fromDueOn: page(day.nullable()), newDueOn: page(day) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.extension", decided("refused", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, {});
    },
  }),
  "suspension.asked": kind({
    subject: "problem",
    facts: { version, resumeOn: log(day), suspension: later(log(id)) },
    words: { reason: "sealed" },
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.suspension", {
        id: facts.suspension,
        problem: subject,
        reason: words.reason,
        resume_on: facts.resumeOn,
        asked_at: at,
        asked_by: by ?? undefined,
        ...undecided,
        ended_at: null,
        ended_by: null,
      });
      changeProblemRow(rows, told, {});
    },
  }),
  "suspension.approved": kind({
    subject: "problem",
    facts: { version, resumeOn: page(day) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.suspension", decided("approved", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, { status: "suspended", resume_on: told.facts.resumeOn });
    },
  }),
  "suspension.refused": kind({
    subject: "problem",
    facts: { version, resumeOn: log(day) },
    words: { reason: "sealed" },
    inStory: false,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.suspension", decided("refused", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, {});
    },
  }),
  "suspension.ended": kind({
    subject: "problem",
    facts: { version, fromDueOn: page(day.nullable()), newDueOn: page(day.nullable()), assignedOn: later(log(day.nullable())) },
    words: { reason: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, facts } = told;
      rows.change("ledger.suspension", { ended_at: at, ended_by: by }, stillRuns);
      const { due_on, assigned_on } = problemRow(rows);
      changeProblemRow(rows, told, {
        status: "assigned",
        due_on: facts.newDueOn,
        // Where the due day waits for the calendar the day it is counted from moves, which earlier events do not tell.
        assigned_on: facts.assignedOn ?? (due_on === null ? undefined : assigned_on),
        resume_on: null,
      });
    },
  }),
  "dismissal.proposed": kind({
    subject: "problem",
    facts: { version, ground: log(z.enum(["untrue", "not_ours", "already_done"])), dismissal: later(log(id)) },
    words: { reason: "sealed" },
    inStory: false,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.dismissal", {
        id: facts.dismissal,
        problem: subject,
        ground: facts.ground,
        reason: words.reason,
        proposed_at: at,
        proposed_by: by ?? undefined,
        ...undecided,
      });
      changeProblemRow(rows, told, {});
    },
  }),
  "dismissal.confirmed": kind({
    subject: "problem",
    facts: { version, ground: page(z.string()) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.dismissal", decided("confirmed", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, { status: "dismissed" });
    },
  }),
  "dismissal.refused": kind({
    subject: "problem",
    facts: { version, ground: log(z.string()) },
    words: { reason: "sealed" },
    inStory: false,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.dismissal", decided("refused", told, told.words.reason), isUndecided);
      changeProblemRow(rows, told, {});
    },
  }),
};
