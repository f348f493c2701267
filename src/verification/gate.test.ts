import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Duty, Officer } from "#people/officer";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import { whyNotMove } from "#ledger/move-problem";
import { LIFECYCLE, STATUSES, type Problem, type Status } from "#ledger/problem";
import type { Standing } from "#ledger/standing";
import { LEDGER_ACTS, whyNotAct, whyNotWork } from "#ledger/who-may";
import {
  GATE_ACTS,
  whyNotAnswer,
  whyNotAskReporters,
  whyNotCheck,
  whyNotClose,
  whyNotDecideObjection,
  whyNotObject,
  whyNotOverrule,
  whyNotPostNotice,
  whyNotReopen,
  whyNotReturn,
} from "./gate.ts";
import type { Question, Round } from "./round.ts";

/** Everybody a town could have, forbidden combinations included; the unit "work" is responsible at first, "other" after a hand-over. */
const CAST: readonly Officer[] = (
  [
    ["lee", "work", "leader"], ["lin", "third", "leader", "verifier"], ["hao", "work", "handler"], ["han", "work", "handler", "verifier"],
    ["ou", "third", "office"], ["ouyang", "third", "office", "verifier"], ["fan", "third", "verifier"], ["shu", "third", "secretary", "verifier", "office"],
    ["clerk", "other", "clerk"], ["leo", "other", "leader", "office"],
  ] as const satisfies readonly (readonly [string, string, ...Duty[]])[]
).map(([id, unit, ...duties]) => ({ id, unit, name: id, duties: new Set<Duty>(duties) }));
const LEADERS = CAST.filter((officer) => officer.duties.has("leader"));

const WINDOW_MS = 7 * 86_400_000;
const NOTICE_DAYS = 3;

/** One problem in memory. `told` is an account of its own, kept apart from the facts the rules read: the oracle judges by it alone. */
type Model = { at: Date; standing: Standing; round: Round; told: Told };
type Told = {
  readonly worked: Set<string>;
  readonly led: Set<string>;
  unit: string;
  passedBy: string | null;
  reporters: Map<string, { asked: Date | null; said: "yes" | "no" | "overruled" | null; withdrawn: boolean }>;
  lastDay: Day | null;
  openObjections: number;
  closings: number;
};

type Step = { readonly act: (typeof ACTS)[number]; readonly by: number; readonly yes: boolean; readonly pick: number };
const ACTS = ["progress", "rectify", "check", "ask", "answer", "overrule", "notice", "object", "decide", "return", "close", "reopen", "join", "withdraw", "hand-over", "day", "week"] as const;

function opened(): Model {
  const problem: Problem = {
    ...{ id: "p", number: "SL-2026-0001", ordinal: 1, status: "assigned", title: "t", details: "", place: "", village: null, category: "c", theme: null, campaign: null },
    ...{ measures: ["m"], measuresDone: [], goal: "g", leaders: ["lee"], unit: "work", dueOn: "2026-08-18", originalDueOn: "2026-08-18", amberOn: "2026-08-13" },
    ...{ assignedOn: "2026-07-28", resumeOn: null, openedAt: startOf("2026-07-28"), openedOn: "2026-07-28", rectifiedOn: null, closedOn: null },
    ...{ reportCount: 1, meTooCount: 0, progressCount: 0, answeredCount: 0, solvedCount: 0, satisfiedCount: 0, relapseCount: 0, version: 2 },
  };
  const standing: Standing = {
    ...{ problem, unitsWithin: ["work"], everLeaders: ["lee"], workers: [], freshAfter: 0, extensionsGranted: 0 },
    ...{ extension: null, suspension: null, dismissal: null },
  };
  const round: Round = { check: null, questions: [], unasked: 0, notice: null, objections: [], lookBacks: [] };
  const reporters = new Map([["r0", { asked: null, said: null, withdrawn: false }]]);
  return { at: startOf("2026-07-28"), standing, round, told: { worked: new Set(), led: new Set(["lee"]), unit: "work", passedBy: null, reporters, lastDay: null, openObjections: 0, closings: 0 } };
}

function move(model: Model, to: Status): void {
  assert.equal(whyNotMove(model.standing.problem.status, to), null, "the gate let through what the arrows refuse");
  model.standing = { ...model.standing, problem: { ...model.standing.problem, status: to } };
}

function backToWork(model: Model): void {
  move(model, "assigned");
  model.told.passedBy = null;
  model.told.lastDay = null;
  for (const reporter of model.told.reporters.values()) Object.assign(reporter, { asked: null, said: null });
}

function askAll(model: Model): void {
  const asked = new Set(model.round.questions.map((question) => question.report));
  const questions = [...model.told.reporters].flatMap(([report, reporter]): Question[] => {
    if (asked.has(report) || reporter.withdrawn) return [];
    reporter.asked = model.at;
    return [{ id: report, report, askedAt: model.at, openUntil: new Date(model.at.getTime() + WINDOW_MS), withdrawn: false, answer: null, overruling: null }];
  });
  model.round = { ...model.round, questions: [...model.round.questions, ...questions], unasked: 0 };
}

/** Does what was asked when the rules allow it, exactly as the commands do; returns whether it was done. */
function take(model: Model, step: Step): boolean {
  const by = CAST[step.by % CAST.length] ?? assert.fail();
  const { standing, round, told, at } = model;
  const question = round.questions[step.pick % Math.max(1, round.questions.length)];
  const inQuestion = (change: Partial<Question>) => round.questions.map((asked) => (asked === question ? { ...asked, ...change } : asked));
  switch (step.act) {
    case "progress":
    case "rectify": {
      if (whyNotWork(step.act === "rectify" ? "declare-rectified" : "record-progress", standing, by) !== null) return false;
      told.worked.add(by.id);
      model.standing = { ...standing, workers: [...standing.workers, by.id] };
      if (step.act === "rectify") move(model, "rectified");
      return true;
    }
    case "check": {
      if (whyNotCheck(standing, by) !== null) return false;
      if (!step.yes) return backToWork(model), true;
      move(model, "verified");
      told.passedBy = by.id;
      const check = { id: "k", rectification: "r", manner: "on_site", finding: "f", outcome: "passed", checkedBy: by.id, checkedAt: at } as const;
      model.round = { ...round, check, questions: [], notice: null };
      return askAll(model), true;
    }
    case "ask":
      return whyNotAskReporters(standing, round, by) === null && (askAll(model), true);
    case "answer": {
      if (question === undefined || whyNotAnswer(standing, question, at) !== null) return false;
      model.round = { ...round, questions: inQuestion({ answer: { solved: step.yes, satisfied: null, why: "", answeredAt: at } }) };
      return Object.assign(told.reporters.get(question.report) ?? assert.fail(), { said: step.yes ? "yes" : "no" }), true;
    }
    case "overrule": {
      if (question?.answer?.solved !== false || whyNotOverrule(standing, round, by) !== null) return false;
      model.round = { ...round, questions: inQuestion({ overruling: { reason: "r", overruledBy: by.id, overruledAt: at } }) };
      return Object.assign(told.reporters.get(question.report) ?? assert.fail(), { said: "overruled" }), true;
    }
    case "notice": {
      if (whyNotPostNotice(standing, round, by) !== null) return false;
      told.lastDay = addDays(dayOf(at), NOTICE_DAYS);
      model.round = { ...round, notice: { id: "n", postedAt: at, postedBy: by.id, lastDay: told.lastDay } };
      return true;
    }
    case "object": {
      if (whyNotObject(standing, round, dayOf(at)) !== null) return false;
      told.openObjections += 1;
      const objection = { id: String(round.objections.length), notice: "n", reason: "r", raisedAt: at, decision: null, decisionReason: null, decidedBy: null, decidedAt: null };
      model.round = { ...round, objections: [...round.objections, objection] };
      return true;
    }
    case "decide": {
      if (whyNotDecideObjection(standing, round, by) !== null) return false;
      const first = round.objections.findIndex((objection) => objection.decision === null);
      told.openObjections -= 1;
      model.round = { ...round, objections: round.objections.map((objection, i) => (i === first ? { ...objection, decision: step.yes ? "upheld" : "rejected" } : objection)) };
      if (step.yes && standing.problem.status === "verified") backToWork(model);
      return true;
    }
    case "return":
      return whyNotReturn(standing, round, by) === null && (backToWork(model), true);
    case "close": {
      if (whyNotClose(standing, round, by, at) !== null) return false;
      assertGate(model, by);
      move(model, "closed");
      told.closings += 1;
      return true;
    }
    case "reopen":
      return whyNotReopen(standing, by) === null && (backToWork(model), true);
    case "join": {
      if (!LEDGER_ACTS.join.from.some((status) => status === standing.problem.status) || told.reporters.size > 3) return false;
      told.reporters.set(`r${told.reporters.size}`, { asked: null, said: null, withdrawn: false });
      model.round = { ...round, unasked: round.unasked + 1 };
      return true;
    }
    case "withdraw": {
      const [report, reporter] = [...told.reporters][step.pick % told.reporters.size] ?? assert.fail();
      if (reporter.withdrawn) return false;
      reporter.withdrawn = true;
      const unasked = [...told.reporters].filter(([id, { withdrawn }]) => !withdrawn && !round.questions.some((asked) => asked.report === id)).length;
      model.round = { ...round, unasked, questions: round.questions.map((asked) => (asked.report === report ? { ...asked, withdrawn: true } : asked)) };
      return true;
    }
    case "hand-over": {
      if (whyNotAct(LEDGER_ACTS["hand-over"], standing, by) !== null) return false;
      const leader = LEADERS[step.pick % LEADERS.length]?.id ?? assert.fail();
      told.led.add(leader);
      told.unit = step.yes ? "work" : "other";
      model.standing = { ...standing, unitsWithin: [told.unit], everLeaders: [...standing.everLeaders, leader], problem: { ...standing.problem, leaders: [leader] } };
      return true;
    }
    case "day":
    case "week":
      model.at = new Date(at.getTime() + (step.act === "day" ? 1 : 7) * 86_400_000);
      return true;
  }
}

/** The closing gate of the rules of the ledger, said again from the account alone. */
function assertGate({ told, at, standing }: Model, closer: Officer): void {
  assert.equal(standing.problem.status, "verified");
  const { passedBy } = told;
  assert.ok(passedBy !== null, "nobody passed it");
  assert.ok(!told.led.has(passedBy), "a leader verified");
  assert.ok(!told.worked.has(passedBy), "who worked on it verified");
  assert.notEqual(CAST.find((officer) => officer.id === passedBy)?.unit, told.unit, "the responsible unit verified");
  assert.ok(closer.duties.has("office"), "somebody other than the office closed");
  assert.notEqual(closer.id, passedBy, "who passed it closed it");
  assert.ok(!standing.problem.leaders.includes(closer.id), "a leader closed");
  for (const [report, { asked, said, withdrawn }] of told.reporters) {
    assert.notEqual(said, "no", `${report} said no and was not overruled`);
    if (withdrawn) continue;
    assert.ok(asked !== null, `${report} was never asked`);
    assert.ok(said !== null || at.getTime() > asked.getTime() + WINDOW_MS, `${report} could still answer`);
  }
  assert.ok(told.lastDay !== null && dayOf(at) > told.lastDay, "the notice was not over");
  assert.equal(told.openObjections, 0, "an objection was open");
}

/** Mostly along the road to the closing, so that many sequences get there; and everything else in between. */
const ROAD = ["hand-over", "rectify", "check", "notice", "answer", "week", "close"] as const;
const steps = fc.array(
  fc.record({
    act: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ROAD) }, { weight: 2, arbitrary: fc.constantFrom(...ACTS) }),
    by: fc.nat({ max: CAST.length - 1 }),
    yes: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    pick: fc.nat({ max: 3 }),
  }),
  { minLength: 40, maxLength: 160, size: "max" },
);

test("no sequence of acts by any officers at any times closes a problem while a line of the gate does not hold", () => {
  let closings = 0;
  fc.assert(
    fc.property(steps, (sequence) => {
      const model = opened();
      for (const step of sequence) take(model, step);
      closings += model.told.closings;
    }),
    { numRuns: 3000 },
  );
  assert.ok(closings > 300, `only ${closings} closings: the sequences no longer reach the gate`);
});

test("every act starts where an arrow of the lifecycle starts that it may draw", () => {
  const arrows: readonly (readonly [readonly Status[], Status])[] = [
    [LEDGER_ACTS.assign.from, "assigned"],
    [LEDGER_ACTS["hand-over"].from, "assigned"],
    [LEDGER_ACTS["declare-rectified"].from, "rectified"],
    [LEDGER_ACTS.resume.from, "assigned"],
    [LEDGER_ACTS["propose-dismissal"].from, "dismissed"],
    [LEDGER_ACTS.reinstate.from, "opened"],
    [GATE_ACTS.check.from, "assigned"],
    [GATE_ACTS.check.from, "verified"],
    [GATE_ACTS.return.from, "assigned"],
    [GATE_ACTS.close.from, "closed"],
    [GATE_ACTS["look-back"].from, "assigned"],
    [GATE_ACTS.reopen.from, "assigned"],
  ];
  for (const [from, to] of arrows) for (const status of from) assert.equal(whyNotMove(status, to), null, `${status} → ${to}`);
  const closing = STATUSES.filter((status) => LIFECYCLE[status].includes("closed"));
  assert.deepEqual(closing, GATE_ACTS.close.from);
});
