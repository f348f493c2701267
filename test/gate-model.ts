import assert from "node:assert/strict";
import type { Duty, Officer } from "#people/officer";
import { addDays, dayOf, startOf, type Day } from "#platform/instant";
import { whyNotUninvolved } from "#ledger/involvement";
import { whyNotMove } from "#ledger/move-problem";
import type { Problem, Status } from "#ledger/problem";
import type { Standing } from "#ledger/standing";
import { LEDGER_ACTS, whyNotAct, whyNotFrom, whyNotWork } from "#ledger/who-may";
import {
  whyNotAnswer,
  whyNotAskReporters,
  isCalledDone,
  whyNotCheck,
  whyNotClearFlag,
  whyNotClose,
  whyNotDecideObjection,
  whyNotObject,
  whyNotOverrule,
  whyNotPostNotice,
  whyNotRecord,
  whyNotRecordTo,
  whyNotReopen,
  whyNotReturn,
  whyNotUpholdFlag,
} from "#verification/gate";
import type { Question, Round } from "#verification/round";

const person = (id: string, unit: string, ...duties: readonly Duty[]): Officer => ({ id, unit, name: id, duties: new Set(duties) });

/** Everybody a town could have, forbidden combinations included. "work" is responsible at first, maybe "other" after a hand-over. */
export const CAST: readonly Officer[] = [
  person("lee", "work", "leader"),
  person("lin", "third", "leader", "verifier"),
  person("leo", "other", "leader", "office"),
  person("hao", "work", "handler"),
  person("han", "work", "handler", "verifier"),
  person("ou", "third", "office"),
  person("ouyang", "third", "office", "verifier"),
  person("fan", "third", "verifier"),
  person("shu", "third", "secretary", "verifier", "office"),
  person("clerk", "other", "clerk"),
];
const LEADERS = CAST.filter((officer) => officer.duties.has("leader"));

const WINDOW_MS = 7 * 86_400_000;
const NOTICE_DAYS = 3;

/** One problem in memory, assigned. `told` is an account of its own beside the facts the rules read: the gate is judged by it alone. */
export type Model = {
  at: Date;
  standing: Standing;
  round: Round;
  readonly told: Told;
  /** Questions of this round whose report was taken out of the problem. */
  readonly aside: Map<string, Question>;
};
type Told = {
  readonly worked: Set<string>;
  readonly led: Set<string>;
  unit: string;
  /** Every unit that ever answered. */
  readonly units: Set<string>;
  passedBy: string | null;
  readonly reporters: Map<string, Reporter>;
  lastDay: Day | null;
  openObjections: number;
  openFlags: number;
  closings: number;
};
/** `gone`: whose contacts were erased, and who holds no receipt. `out`: whose report was taken out of the problem, for now. */
type Reporter = {
  asked: Date | null;
  said: "yes" | "no" | "overruled" | null;
  recorded: boolean;
  withdrawn: boolean;
  gone: boolean;
  out: boolean;
};

function aReporter(): Reporter {
  return { asked: null, said: null, recorded: false, withdrawn: false, gone: false, out: false };
}

export type Step = { readonly act: ModelAct; readonly by: number; readonly yes: boolean; readonly pick: number };

export function aModel(): Model {
  const problem: Problem = {
    id: "p",
    number: "SL-2026-0001",
    ordinal: 1,
    status: "assigned",
    title: "t",
    details: "",
    place: "",
    village: null,
    category: "c",
    theme: null,
    campaign: null,
    measures: ["m"],
    measuresDone: [],
    goal: "g",
    leaders: ["lee"],
    unit: "work",
    dueOn: "2026-08-18",
    originalDueOn: "2026-08-18",
    amberOn: "2026-08-13",
    assignedOn: "2026-07-28",
    resumeOn: null,
    openedAt: startOf("2026-07-28"),
    openedOn: "2026-07-28",
    rectifiedOn: null,
    closedOn: null,
    reportCount: 1,
    meTooCount: 0,
    progressCount: 0,
    answeredCount: 0,
    solvedCount: 0,
    satisfiedCount: 0,
    relapseCount: 0,
    version: 2,
  };
  const nothingAsked = { extensionsGranted: 0, extension: null, suspension: null, dismissal: null };
  return {
    aside: new Map(),
    at: startOf("2026-07-28"),
    standing: {
      problem,
      unitsWithin: ["work"],
      unitsAnswered: ["work"],
      unitsEver: ["work"],
      formerMembers: [],
      everLeaders: ["lee"],
      workers: [],
      freshAfter: 0,
      ...nothingAsked,
    },
    round: { check: null, questions: [], unasked: ["r0"], unreachable: [], notice: null, objections: [], flags: [], lookBacks: [] },
    told: {
      worked: new Set(),
      led: new Set(["lee"]),
      unit: "work",
      units: new Set(["work"]),
      passedBy: null,
      reporters: new Map([["r0", aReporter()]]),
      lastDay: null,
      openObjections: 0,
      openFlags: 0,
      closings: 0,
    },
  };
}

/** Does what the step says as the commands do: by the first, from `by` on, whom the rules allow it; by nobody if they allow nobody. */
export function take(model: Model, step: Step): void {
  for (let i = 0; i < CAST.length; i += 1) {
    const { standing, round, at } = model;
    ACTS[step.act](model, CAST[(step.by + i) % CAST.length] ?? assert.fail(), step);
    if (model.standing !== standing || model.round !== round || model.at !== at) return;
  }
}

type Take = (model: Model, by: Officer, step: Step) => void;

const WORK = {
  progress: (model, by) => {
    if (whyNotWork("record-progress", model.standing, by) === null) work(model, by);
  },
  rectify: (model, by) => {
    if (whyNotWork("declare-rectified", model.standing, by) !== null) return;
    work(model, by);
    move(model, "rectified");
  },
  "hand-over": (model, by, { pick, yes }) => {
    const { standing, told } = model;
    if (whyNotAct(LEDGER_ACTS["hand-over"], standing, by) !== null) return;
    const leader = LEADERS[pick % LEADERS.length]?.id ?? assert.fail();
    told.led.add(leader);
    told.unit = yes ? "work" : "other";
    told.units.add(told.unit);
    const problem = { ...standing.problem, leaders: [leader], unit: told.unit };
    const unitsEver = [...new Set([...standing.unitsEver, told.unit])];
    const everLeaders = [...standing.everLeaders, leader];
    model.standing = { ...standing, problem, unitsWithin: [told.unit], unitsAnswered: unitsEver, unitsEver, everLeaders };
  },
  reopen: (model, by) => {
    if (whyNotReopen(model.standing, by) === null) backToWork(model);
  },
} as const satisfies Record<string, Take>;

const CHECKING = {
  check: (model, by, { yes }) => {
    if (whyNotCheck(model.standing, by) !== null) return;
    if (!yes) {
      backToWork(model);
      return;
    }
    move(model, "verified");
    model.told.passedBy = by.id;
    const check = {
      id: "k",
      rectification: "r",
      manner: "on_site",
      measuresSeen: [0],
      unseen: "",
      finding: "f",
      outcome: "passed",
      checkedBy: by.id,
      checkedAt: model.at,
    } as const;
    model.aside.clear();
    model.round = { ...model.round, check, questions: [], notice: null };
    askAll(model);
  },
  close: (model, by) => {
    if (whyNotClose(model.standing, model.round, by, model.at) !== null) return;
    assertGate(model, by);
    move(model, "closed");
    model.told.closings += 1;
  },
} as const satisfies Record<string, Take>;

const ASKING = {
  ask: (model, by) => {
    if (whyNotAskReporters(model.standing, model.round, by) === null) askAll(model);
  },
  answer: (model, _, { yes, pick }) => {
    const question = model.round.questions[pick];
    if (question === undefined || whyNotAnswer(model.standing, question, model.at) !== null) return;
    const reporter = reporterOf(model, question);
    assert.ok(reporter.said === null || reporter.recorded, "a reporter answered twice");
    const answer = { solved: yes, satisfied: null, why: "", answeredAt: model.at, recorded: null };
    change(model, question, { answer, overruling: null });
    Object.assign(reporter, { said: yes ? "yes" : "no", recorded: false });
  },
  record: (model, by, { yes, pick }) => {
    const { round, standing, at } = model;
    const question = round.questions[pick];
    if (question === undefined || (whyNotRecord(standing, by) ?? whyNotRecordTo(question, at)) !== null) return;
    assertRecorder(model, by, question);
    const recorded = { manner: "phone", by: by.id } as const;
    change(model, question, { answer: { solved: yes, satisfied: null, why: "", answeredAt: at, recorded } });
    Object.assign(reporterOf(model, question), { said: yes ? "yes" : "no", recorded: true });
  },
  overrule: (model, by, { pick }) => {
    const question = model.round.questions[pick];
    if (question?.answer?.solved !== false || whyNotOverrule(model.standing, model.round, by) !== null) return;
    change(model, question, { overruling: { reason: "r", overruledBy: by.id, overruledAt: model.at } });
    reporterOf(model, question).said = "overruled";
  },
  return: (model, by) => {
    if (whyNotReturn(model.standing, model.round, by) === null) backToWork(model);
  },
  join: (model) => {
    const { reporters } = model.told;
    if (whyNotFrom(LEDGER_ACTS.join, model.standing.problem.status) !== null || reporters.size > 3) return;
    reporters.set(`r${reporters.size}`, aReporter());
    countUnasked(model);
  },
  withdraw: (model, _, { pick }) => {
    const [report, reporter] = [...model.told.reporters][pick % model.told.reporters.size] ?? assert.fail();
    if (reporter.out) return;
    reporter.withdrawn = true;
    const question = model.round.questions.find((asked) => asked.report === report);
    if (question !== undefined) change(model, question, { withdrawn: true });
    countUnasked(model);
  },
  separate: (model, by, { pick }) => {
    const { told, standing } = model;
    const [report, reporter] = [...told.reporters][pick % told.reporters.size] ?? assert.fail();
    if (reporter.out || reporter.withdrawn || whyNotUninvolved(standing, by) !== null) return;
    assertUninvolved(model, by);
    reporter.out = true;
    const question = model.round.questions.find((asked) => asked.report === report);
    if (question !== undefined) model.aside.set(report, question);
    model.round = { ...model.round, questions: model.round.questions.filter((asked) => asked !== question) };
    countUnasked(model);
  },
  rejoin: (model, _, { pick }) => {
    const [report, reporter] = [...model.told.reporters][pick % model.told.reporters.size] ?? assert.fail();
    if (!reporter.out || whyNotFrom(LEDGER_ACTS.join, model.standing.problem.status) !== null) return;
    reporter.out = false;
    const question = model.aside.get(report);
    model.aside.delete(report);
    if (question !== undefined)
      model.round = { ...model.round, questions: [...model.round.questions, { ...question, reachable: !reporter.gone }] };
    countUnasked(model);
  },
  erase: (model, _, { pick }) => {
    const [report, reporter] = [...model.told.reporters][pick % model.told.reporters.size] ?? assert.fail();
    reporter.gone = true;
    const question = model.round.questions.find((asked) => asked.report === report);
    if (question !== undefined) change(model, question, { reachable: false });
    countUnasked(model);
  },
} as const satisfies Record<string, Take>;

const NOTICE = {
  notice: (model, by) => {
    if (whyNotPostNotice(model.standing, model.round, by) !== null) return;
    const lastDay = addDays(dayOf(model.at), NOTICE_DAYS);
    model.told.lastDay = lastDay;
    model.round = { ...model.round, notice: { id: "n", postedAt: model.at, postedBy: by.id, lastDay } };
  },
  object: (model) => {
    const { round, at } = model;
    if (whyNotObject(model.standing, round, dayOf(at)) !== null) return;
    model.told.openObjections += 1;
    const undecided = { decision: null, decisionReason: null, decidedBy: null, decidedAt: null };
    model.round = {
      ...round,
      objections: [
        ...round.objections,
        { id: String(round.objections.length), notice: "n", reason: "r", raisedAt: at, dueOn: null, ...undecided },
      ],
    };
  },
  decide: (model, by, { yes }) => {
    const { round, standing } = model;
    if (whyNotDecideObjection(standing, round, by) !== null) return;
    const first = round.objections.find((objection) => objection.decision === null);
    const decision = yes ? "upheld" : "rejected";
    model.told.openObjections -= 1;
    model.round = {
      ...round,
      objections: round.objections.map((objection) => (objection === first ? { ...objection, decision } : objection)),
    };
    if (yes && standing.problem.status === "verified") backToWork(model);
  },
} as const satisfies Record<string, Take>;

const FLAGS = {
  flag: (model) => {
    const { round, at } = model;
    model.told.openFlags += 1;
    model.round = { ...round, flags: [...round.flags, { id: String(at.getTime()), raisedAt: at, dueOn: null }] };
  },
  "clear-flag": (model, by) => {
    if (whyNotClearFlag(model.standing, by, "open") === null) decideOldestFlag(model, by);
  },
  "uphold-flag": (model, by) => {
    if (whyNotUpholdFlag(model.standing, by, "open") !== null || !decideOldestFlag(model, by)) return;
    if (isCalledDone(model.standing.problem.status)) backToWork(model);
  },
} as const satisfies Record<string, Take>;

const TIME = {
  day: (model) => pass(model, 1),
  week: (model) => pass(model, 7),
} as const satisfies Record<string, Take>;

const ACTS = { ...WORK, ...CHECKING, ...ASKING, ...NOTICE, ...FLAGS, ...TIME };
export type ModelAct = keyof typeof ACTS;

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
  for (const [report, { asked, said, withdrawn, gone, out }] of told.reporters) {
    if (out) continue;
    assert.notEqual(said, "no", `${report} said no and was not overruled`);
    if (withdrawn || gone) continue;
    assert.ok(asked !== null, `${report} was never asked`);
    assert.ok(said !== null || at.getTime() > asked.getTime() + WINDOW_MS, `${report} could still answer`);
  }
  assert.ok(told.lastDay !== null && dayOf(at) > told.lastDay, "the notice was not over");
  assert.equal(told.openObjections, 0, "an objection was open");
  assert.equal(told.openFlags, 0, "a flag was open");
}

/** Nobody who led, worked on it or is of a unit that answered decides a flag, and never the secretary. */
function assertUninvolvedVerifier({ told }: Model, by: Officer): void {
  assert.ok(by.duties.has("verifier") && !by.duties.has("secretary"), `${by.id} decided a flag`);
  assert.ok(!told.led.has(by.id) && !told.worked.has(by.id), "who is involved decided a flag");
  assert.ok(!told.units.has(by.unit), "a unit that answered for it decided a flag");
}

/** A "no" may go with a report that is taken out: nobody who led, worked on it or is of a unit that answered takes one out. */
function assertUninvolved({ told }: Model, by: Officer): void {
  assert.ok(!told.led.has(by.id) && !told.worked.has(by.id), "who is involved took a report out");
  assert.ok(!told.units.has(by.unit), "a unit that answered for it took a report out");
}

/** Takes the flag that waits longest away; false where none is open. */
function decideOldestFlag(model: Model, by: Officer): boolean {
  const { round, told } = model;
  if (round.flags.length === 0) return false;
  assertUninvolvedVerifier(model, by);
  told.openFlags -= 1;
  model.round = { ...round, flags: round.flags.slice(1) };
  return true;
}

/** Only the intake desk, nobody who led or worked on it or is of its unit, and never over the reporter's own word. */
function assertRecorder({ told }: Model, by: Officer, question: Question): void {
  assert.ok(by.duties.has("clerk") || by.duties.has("office"), `${by.id} recorded an answer`);
  assert.ok(!told.led.has(by.id) && !told.worked.has(by.id), "who is involved recorded an answer");
  assert.ok(!told.units.has(by.unit), "a unit that answered for it recorded an answer");
  assert.equal(told.reporters.get(question.report)?.said, null, "an answer was recorded beside another");
}

function work(model: Model, by: Officer): void {
  model.told.worked.add(by.id);
  model.standing = { ...model.standing, workers: [...model.standing.workers, by.id] };
}

function move(model: Model, to: Status): void {
  assert.equal(whyNotMove(model.standing.problem.status, to), null, "a rule let through what the arrows refuse");
  model.standing = { ...model.standing, problem: { ...model.standing.problem, status: to } };
}

function backToWork(model: Model): void {
  move(model, "assigned");
  model.told.passedBy = null;
  model.told.lastDay = null;
  for (const reporter of model.told.reporters.values()) Object.assign(reporter, { asked: null, said: null, recorded: false });
}

function askAll(model: Model): void {
  const asked = new Set(model.round.questions.map((question) => question.report));
  const openUntil = new Date(model.at.getTime() + WINDOW_MS);
  const questions = [...model.told.reporters].flatMap(([report, reporter]): Question[] => {
    if (asked.has(report) || reporter.withdrawn || reporter.gone || reporter.out) return [];
    reporter.asked = model.at;
    const nothingYet = { callableBy: [], attempts: [], answer: null, overruling: null };
    return [{ id: report, report, askedAt: model.at, openUntil, withdrawn: false, reachable: !reporter.gone, ...nothingYet }];
  });
  model.round = { ...model.round, questions: [...model.round.questions, ...questions] };
  countUnasked(model);
}

function countUnasked(model: Model): void {
  const { round, told } = model;
  const standing = [...told.reporters].filter(([, { withdrawn, out }]) => !withdrawn && !out);
  const unreachable = standing.filter(([, { gone }]) => gone).map(([id]) => id);
  const unasked = standing.filter(([id, { gone }]) => !gone && !round.questions.some((asked) => asked.report === id)).map(([id]) => id);
  model.round = { ...round, unasked, unreachable };
}

function change(model: Model, question: Question, to: Partial<Question>): void {
  model.round = { ...model.round, questions: model.round.questions.map((asked) => (asked === question ? { ...asked, ...to } : asked)) };
}

function reporterOf(model: Model, question: Question): Reporter {
  return model.told.reporters.get(question.report) ?? assert.fail();
}

function pass(model: Model, days: number): void {
  model.at = new Date(model.at.getTime() + days * 86_400_000);
}
