import { z } from "zod";
import { appenderOf, kind, later, log, page, sealed, type Told } from "#audit/kind";
import type { Rows, ToldRow } from "#audit/rows";
import { BACK_AT_WORK, changeProblemRow, problemRow } from "#ledger/told-problem";
import { dayOf } from "#platform/instant";
import { CLOSING_EVENTS, unit, VERIFIER_THEN } from "./closing-events.ts";
import { countedWith } from "./counted-answers.ts";
import { FLAG_EVENTS } from "./flag-events.ts";
import { CALL_MANNERS, MANNERS } from "./round.ts";

const id = z.string();
const day = z.string();
const count = z.number();
const version = log(count);
const manner = page(z.enum(["on_site", "on_paper"]));
const answer = z.object({ solved: z.boolean(), satisfied: z.boolean().nullable() });
const question = z.object({ id, report: id });

/** `measuresSeen`: by position, those that were seen carried out. */
const checkFacts = { version, check: log(id), rectification: log(id), manner, measuresSeen: later(page(z.array(count))), unit };
const checkWords = { finding: "page", unseen: "page", ...VERIFIER_THEN } as const;
const objectionFacts = { version, objection: log(id) };

export const VERIFICATION_EVENTS = {
  "check.passed": kind({
    subject: "problem",
    facts: checkFacts,
    words: checkWords,
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      rows.add("verification.check", { ...checkRow(told), outcome: "passed" });
      changeProblemRow(rows, told, { status: "verified" });
    },
  }),
  "check.failed": kind({
    subject: "problem",
    facts: checkFacts,
    words: checkWords,
    inStory: true,
    names: "page",
    leaf: "whole",
    retell(told, rows) {
      rows.add("verification.check", { ...checkRow(told), outcome: "failed" });
      changeProblemRow(rows, told, BACK_AT_WORK);
    },
  }),
  "question.asked": kind({
    subject: "problem",
    facts: {
      version,
      check: log(id),
      reporters: page(count),
      openUntil: page(z.string()),
      questions: later(sealed(z.array(question))),
    },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, subject, facts } = told;
      const asked = { problem: subject, check: facts.check, asked_at: at, open_until: new Date(facts.openUntil ?? "") };
      // Earlier events tell only how many were asked.
      const questions = facts.questions ?? Array.from({ length: facts.reporters ?? 0 }, () => ({}));
      for (const question of questions) rows.add("verification.question", { ...question, ...asked });
      changeProblemRow(rows, told, {});
    },
  }),
  "question.attempted": kind({
    subject: "problem",
    facts: {
      version,
      attempt: log(id),
      question: log(id),
      manner: page(z.enum(CALL_MANNERS)),
      /** The first, second or third time that this reporter did not answer. */
      number: page(count),
      unit: page(id),
    },
    words: { unitName: "log" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts } = told;
      const { attempt, question, manner } = facts;
      const attempted = { attempted_on: dayOf(at), attempted_at: at, attempted_by: by ?? undefined };
      rows.add("verification.attempt", { id: attempt, problem: subject, question, manner, ...attempted });
      changeProblemRow(rows, told, {});
    },
  }),
  "answer.given": kind({
    subject: "problem",
    facts: {
      version,
      question: log(id),
      solved: page(z.boolean()),
      satisfied: page(z.boolean().nullable()),
      /** How the reporter was asked by the officer who recorded it; null where they answered by receipt code. */
      manner: later(page(z.enum(MANNERS).nullable())),
      /** Of which unit that officer was. */
      unit: later(page(id.nullable())),
      /** What the same reporter answered last: in an earlier round, or as it was recorded in this one. Only the last answer counts. */
      replaces: later(log(answer.nullable())),
    },
    words: { why: "sealed", unitName: ["log", "later"] },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      const { question, solved, satisfied, manner = null } = facts;
      const recorded_by = manner === null ? null : (by ?? undefined);
      const answer = { question, problem: subject, solved, satisfied, why: words.why, answered_at: at, manner, recorded_by };
      rows.put("verification.answer", answer, (row) => row.question === question);
      const { answered_count = 0, solved_count = 0, satisfied_count = 0 } = problemRow(rows);
      const counts = { answered: answered_count, solved: solved_count, satisfied: satisfied_count };
      changeProblemRow(rows, told, countedWith(counts, facts, facts.replaces));
    },
  }),
  "answer.overruled": kind({
    subject: "problem",
    facts: { version, question: log(id) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      const overruled = { overruled_at: at, overruled_by: by ?? undefined };
      const overruling = { question: facts.question, problem: subject, reason: words.reason, ...overruled };
      rows.put("verification.overruling", overruling, (row) => row.question === facts.question);
      changeProblemRow(rows, told, {});
    },
  }),
  "answer.honoured": kind({
    subject: "problem",
    facts: { version, answers: later(log(count)) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      changeProblemRow(rows, told, BACK_AT_WORK);
    },
  }),
  "notice.posted": kind({
    subject: "problem",
    facts: { version, notice: log(id), lastDay: page(day.nullable()), check: later(log(id)), workingDays: later(log(count)) },
    words: {},
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts } = told;
      rows.add("verification.notice", {
        id: facts.notice,
        problem: subject,
        check: facts.check,
        working_days: facts.workingDays,
        last_day: facts.lastDay,
        posted_at: at,
        posted_by: by ?? undefined,
      });
      changeProblemRow(rows, told, {});
    },
  }),
  "notice.dated": kind({
    subject: "problem",
    facts: { version, notice: log(id), lastDay: page(day) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      rows.change("verification.notice", { last_day: told.facts.lastDay }, ({ id }) => id === told.facts.notice);
      changeProblemRow(rows, told, {});
    },
  }),
  "objection.raised": kind({
    subject: "problem",
    facts: {
      ...objectionFacts,
      notice: later(log(id)),
      dueOn: later(page(day.nullable())),
      workingDays: later(log(count)),
    },
    words: { reason: "sealed" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, subject, facts, words } = told;
      const waits = { decision: null, decision_reason: null, decided_at: null, decided_by: null } as const;
      rows.add("verification.objection", {
        id: facts.objection,
        problem: subject,
        notice: facts.notice,
        reason: words.reason,
        raised_at: at,
        due_on: facts.dueOn,
        working_days: facts.workingDays,
        ...waits,
      });
      changeProblemRow(rows, told, {});
    },
  }),
  "objection.dated": kind({
    subject: "problem",
    facts: { objection: log(id), dueOn: page(day), workingDays: log(count) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ facts }, rows) {
      const dated = { due_on: facts.dueOn, working_days: facts.workingDays };
      rows.change("verification.objection", dated, ({ id }) => id === facts.objection);
    },
  }),
  "objection.upheld": kind({
    subject: "problem",
    facts: objectionFacts,
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      decideObjection(rows, told, "upheld");
      changeProblemRow(rows, told, problemRow(rows).status === "verified" ? BACK_AT_WORK : {});
    },
  }),
  "objection.rejected": kind({
    subject: "problem",
    facts: objectionFacts,
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      decideObjection(rows, told, "rejected");
      changeProblemRow(rows, told, {});
    },
  }),
  ...CLOSING_EVENTS,
  ...FLAG_EVENTS,
};

export const appendEvent = appenderOf(VERIFICATION_EVENTS);

function checkRow({ at, by, subject, facts, words }: Told<typeof checkFacts, typeof checkWords>): ToldRow<"verification.check"> {
  const { check, rectification, manner, measuresSeen } = facts;
  const found = { manner, measures_seen: measuresSeen, unseen: words.unseen, finding: words.finding };
  return { id: check, problem: subject, rectification, ...found, checked_at: at, checked_by: by ?? undefined };
}

type Deciding = Told<typeof objectionFacts, { readonly reason: "page" }>;

function decideObjection(rows: Rows, { at, by, facts, words }: Deciding, decision: "upheld" | "rejected"): void {
  const how = { decision, decision_reason: words.reason, decided_at: at, decided_by: by ?? undefined };
  rows.change("verification.objection", how, ({ id }) => id === facts.objection);
}
