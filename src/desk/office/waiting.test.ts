import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { sql } from "kysely";
import { RESIDENT } from "#audit/append-event";
import { joinReport } from "#ledger/join-report";
import { releaseReport } from "#ledger/release-report";
import { resumeDueProblems } from "#ledger/resume-problem";
import { changeOfficer } from "#people/change-officer";
import { changeUnit } from "#people/change-unit";
import type { Duty, Officer } from "#people/officer";
import { findAccount, listOfficers, listUnits } from "#people/queries";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { Refusal } from "#refusals";
import { act, actOn, aProblem, aVerifiedProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { answerQuestion } from "#verification/answer-question";
import { clearFlag } from "#verification/clear-flag";
import { standsAsNo, whyNotDecideFlag } from "#verification/gate";
import { raiseFlags } from "#verification/raise-flags";
import { raiseObjection } from "#verification/raise-objection";
import { upholdFlag } from "#verification/uphold-flag";
import { checkWaiting } from "./check-waiting.ts";
import type { DeskCommand, ProblemDesk } from "./desk.ts";
import { offersOf } from "./offers.ts";
import { settleTownAgain } from "./settle-town.ts";
import { listTasks, type Step } from "./tasks.ts";
import { ACTS_OF_TURN, turnOf } from "./turn-of.ts";

const DAY_MS = 86_400_000;
const MOST_MS = Number(process.env["SANWEN_WAITING_MS"] ?? 15_000);

/** What is waited for of this officer on one problem, as the gate itself answers at this moment. */
function expected({ standing, round, ...desk }: ProblemDesk, by: Officer, at: Date): readonly Step[] {
  const offers = new Map(offersOf({ standing, round, ...desk }, by, at).map(({ command, refused }) => [command, refused === null]));
  const may = (...commands: readonly DeskCommand[]) => commands.some((command) => offers.get(command) === true);
  const has = (...duties: readonly Duty[]) => duties.some((duty) => by.duties.has(duty));
  const today = dayOf(at);
  const { problem, extensionsGranted, dismissal, unitsWithin } = standing;
  const isMine = (has("leader") && problem.leaders.includes(by.id)) || (has("handler") && unitsWithin.includes(by.unit));
  const isLate = problem.dueOn !== null && problem.dueOn < today;
  const isSoon = !isLate && problem.amberOn !== null && problem.amberOn <= today;
  const steps: Record<Step, boolean> = {
    triage: false,
    disputed: false,
    words: false,
    "call-back": false, // of reporters, not of problems
    assign: has("office") && may("assign") && dismissal === null,
    "decide-extension": has("office") && may("decide-extension") && extensionsGranted === 0,
    "decide-second-extension": has("secretary") && may("decide-extension") && extensionsGranted > 0,
    "decide-dismissal": has("office") && may("decide-dismissal"),
    resume: has("office") && may("resume") && problem.resumeOn !== null && problem.resumeOn < today,
    "settle-answer": has("office") && may("return", "overrule-answer"),
    "ask-reporters": has("office") && may("ask-reporters"),
    "post-notice": has("office") && may("post-notice") && !round.questions.some(standsAsNo),
    close: has("office") && may("close"),
    "decide-flag": whyNotDecideFlag(standing, round, by) === null,
    check: has("verifier") && may("check"),
    "decide-objection": has("verifier") && may("decide-objection"),
    "look-back": has("verifier") && may("look-back"),
    "decide-suspension": has("secretary") && may("decide-suspension"),
    "work-late": isMine && may("declare-rectified") && isLate,
    "work-soon": isMine && may("declare-rectified") && isSoon,
    work: isMine && may("declare-rectified") && !isLate && !isSoon,
    "with-verifier": isMine && problem.status === "rectified",
    overdue: has("office", "secretary") && may("remind") && isLate,
    soon: has("office", "secretary") && may("remind") && problem.dueOn !== null && isSoon,
  };
  return stepsIn(steps);
}

function stepsIn(steps: Record<Step, boolean>): readonly Step[] {
  return Object.entries(steps)
    .flatMap(([step, waits]) => (waits && isStep(step, steps) ? [step] : []))
    .sort();
}

function isStep(step: string, steps: Record<Step, boolean>): step is Step {
  return step in steps;
}

/** The cast, with duties beside their own that a town may give, and people of the units that do the work. */
function everybody({ cast }: ATown): readonly Officer[] {
  const also = (who: Officer, ...duties: readonly Duty[]): Officer => ({ ...who, duties: new Set([...who.duties, ...duties]) });
  return [
    ...Object.values(cast),
    also(cast.wangLu, "office"),
    also(cast.wuJie, "verifier"),
    also(cast.liHe, "verifier", "office"),
    also(cast.fengZheng, "office"),
    also(cast.zhengShang, "secretary"),
  ];
}

async function everyQueueIsTheGate(t: ATown, numbers: readonly string[], at: Date): Promise<readonly ProblemDesk[]> {
  const desks = await Promise.all(numbers.map((number) => deskOf(t, number, at)));
  const everyone = await asOfNow(t, everybody(t));
  await Promise.all(
    everyone.map(async (by) => {
      const tasks = await listTasks(t.town, by, at, dayOf(at));
      for (const desk of desks) {
        const { id, number, status } = desk.standing.problem;
        const queued = tasks.filter(({ subject }) => subject === id).map(({ step }) => step);
        assert.deepEqual(queued.sort(), expected(desk, by, at), `${number} ${status}, ${by.name} ${[...by.duties].join(" ")}`);
        const own = queued.map((step) => (step.startsWith("work") ? "work" : step)).filter((step) => step in ACTS_OF_TURN);
        const turn = turnOf(desk, by, at);
        assert.ok(turn === null ? own.length === 0 : own.includes(turn), `${number} ${status}, ${by.name}: the desk opens on ${turn}`);
      }
    }),
  );
  return desks;
}

/** The officers where they work now. */
async function asOfNow({ town }: ATown, officers: readonly Officer[]): Promise<readonly Officer[]> {
  const units = new Map((await listOfficers(town)).map(({ id, unit }) => [id, unit]));
  return officers.map((officer) => ({ ...officer, unit: units.get(officer.id) ?? officer.unit }));
}

const step = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("flag" as const, "decide-flag" as const) },
    { weight: 12, arbitrary: fc.constant("offered" as const) },
    { weight: 5, arbitrary: fc.constantFrom("answer" as const, "object" as const, "join" as const, "withdraw" as const) },
    { weight: 2, arbitrary: fc.constantFrom("move-officer" as const, "move-unit" as const) },
  ),
  pick: fc.nat({ max: 9999 }),
  days: fc.constantFrom(0, 0, 0, 1, 4, 9, 31),
  yes: fc.boolean(),
});
type WalkStep = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(t: ATown, desk: ProblemDesk, { kind, pick, yes }: WalkStep, at: Date): Promise<void> {
  const { town, cast, units } = t;
  const { problem } = desk.standing;
  const one = <T>(among: readonly T[]): T | undefined => among[pick % Math.max(1, among.length)];
  switch (kind) {
    case "offered": {
      const everyone = await asOfNow(t, everybody(t));
      const open = everyone.flatMap((by) => offersOf(desk, by, at).flatMap((offer) => (offer.refused === null ? [{ by, offer }] : [])));
      const command = one([...new Set(open.map(({ offer }) => offer.command))]);
      const chosen = one(open.filter(({ offer }) => offer.command === command));
      if (chosen === undefined) return;
      const leaders = [one([cast.wangLu, cast.liHe, cast.sunTian])?.id ?? cast.wangLu.id];
      const unit = one([units.sanitation, units.ecology, units.service]) ?? units.sanitation;
      return act(t, desk, chosen.offer.command, chosen.by, at, { yes, leaders, unit });
    }
    case "answer": {
      const question = one(desk.round.questions)?.id ?? problem.id;
      return answerQuestion(town, RESIDENT, at, { question, solved: yes ? "yes" : "no", satisfied: "", why: "" });
    }
    case "object":
      await raiseObjection(town, RESIDENT, at, { problem: problem.id, reason: "还是没人", address: "" });
      return;
    case "flag": {
      const about = { act: "declared", at: at.toISOString(), dueOn: dayOf(at) } as const;
      await raiseFlags(town, at, at, [{ kind: "last-moment", problem: problem.id, mark: newId(at), about }]);
      return;
    }
    case "decide-flag": {
      const flag = one(desk.round.flags)?.id ?? problem.id;
      return (yes ? clearFlag : upholdFlag)(town, cast.fengZheng, at, { flag, reason: "看过了" });
    }
    case "join":
      return joinReport(town, cast.qianWen, at, { problem: problem.id, report: newId(at), channel: yes ? "web" : "box", answer: null });
    case "withdraw": {
      const joined = await town.db
        .selectFrom("ledger.joined_report")
        .select("report")
        .where("town", "=", town.id)
        .where("problem", "=", problem.id)
        .orderBy("report")
        .execute();
      return releaseReport(town, RESIDENT, at, { report: one(joined)?.report ?? problem.id });
    }
    case "move-officer": {
      const who = one([cast.fengZheng, cast.wuJie, cast.zhengShang, cast.liHe]) ?? cast.wuJie;
      const account = (await findAccount(town, who.id)) ?? assert.fail();
      const unit = one(Object.values(units)) ?? units.office;
      const { titleZh, titleEn, version } = account;
      return changeOfficer(town, cast.zhouXi, at, { officer: who.id, version, name: who.name, titleZh, titleEn, unit });
    }
    case "move-unit": {
      const all = await listUnits(town);
      const unit = all.find(({ id }) => id === one([units.sanitation, units.discipline, units.office])) ?? assert.fail();
      const parent = one([units.government, units.ecology, units.service]) ?? units.government;
      const { nameZh, nameEn, kind, version } = unit;
      return changeUnit(town, cast.qianWen, at, { unit: unit.id, version, nameZh, nameEn, kind, parent });
    }
  }
}

test("what waits for an officer is what the gate would let them do, whatever happened, whoever moved, on whatever day", async (context) => {
  const until = performance.now() + MOST_MS;
  const seen = new Set<string>();
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40, size: "max" }), async (sequence) => {
      if (performance.now() > until) return;
      const t = await aTown(context);
      const numbers = [await aProblem(t, 2), await aVerifiedProblem(t, 1)];
      let at = on("2026-08-04");
      let desks = await everyQueueIsTheGate(t, numbers, at);
      for (const [index, one] of sequence.entries()) {
        if (performance.now() > until) return; // a slow machine walks less
        at = new Date(at.getTime() + one.days * DAY_MS);
        if (one.days > 0) {
          await resumeDueProblems(t.town, at);
          desks = await everyQueueIsTheGate(t, numbers, at);
        }
        await take(t, desks[index % 2] ?? assert.fail(), one, at).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
        desks = await everyQueueIsTheGate(t, numbers, at);
        steps += 1;
        for (const desk of desks) seen.add(desk.standing.problem.status);
      }
      assert.deepEqual(await checkWaiting(t.town), []);
    }),
    { numRuns: 100, endOnFailure: true },
  );
  assert.ok(steps < 100 || seen.size >= 5, `${steps} steps only reached ${[...seen].join(" ")}`);
});

test("a report that joins takes “close” from the office's list, until its reporter was asked and the window is over", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aVerifiedProblem(t, 0);
  await actOn(t, number, "post-notice", cast.zhengShang, on("2026-08-04"));
  const { id } = (await deskOf(t, number)).standing.problem;
  const steps = async (at: Date) =>
    (await listTasks(town, cast.zhengShang, at, dayOf(at))).filter(({ subject }) => subject === id).map(({ step }) => step);
  assert.deepEqual(await steps(on("2026-08-07")), [], "the notice's last day");
  assert.deepEqual(await steps(on("2026-08-08")), ["close"], "the day after it: nothing was written, only time passed");
  await joinReport(town, cast.qianWen, on("2026-08-08"), { problem: id, report: newId(AT), channel: "web", answer: null });
  assert.deepEqual(await steps(on("2026-08-08")), ["ask-reporters"]);
  await actOn(t, number, "ask-reporters", cast.zhengShang, on("2026-08-08"));
  assert.deepEqual(await steps(on("2026-08-15")), [], "asked at nine: until nine the reporter may answer");
  assert.deepEqual(await steps(new Date(on("2026-08-15").getTime() + 1)), ["close"]);
});

test("the four hundredth verified problem waits as well as the first", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const numbers = [];
  for (let i = 0; i < 3; i += 1) numbers.push(await aVerifiedProblem(t, 0));
  for (const number of numbers) await actOn(t, number, "post-notice", cast.zhengShang, on("2026-08-04"));
  const last = (await deskOf(t, numbers[2] ?? "")).standing.problem.id;
  const at = on("2026-08-20");
  // Four hundred that wait for something else lie before it.
  await sql`
    insert into office.waiting (town, problem, step, since, leaders, closed_to, closed_units)
    select ${town.id}, gen_random_uuid(), 'close', '2026-08-01', '{}', array[${cast.zhengShang.id}::uuid], '{}'
    from generate_series(1, 400)`.execute(town.db);
  assert.ok((await listTasks(town, cast.zhengShang, at, dayOf(at))).some(({ subject, step }) => subject === last && step === "close"));
});

test("rows written anew for a whole town are those its acts wrote; what was lost or forged is found and put right", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const numbers = [await aProblem(t), await aVerifiedProblem(t)];
  const kept = async () => town.db.selectFrom("office.waiting").selectAll().orderBy("problem").orderBy("step").execute();
  const before = await kept();
  assert.deepEqual(await checkWaiting(town), []);
  await town.db.deleteFrom("office.waiting").where("step", "=", "assign").execute();
  await town.db
    .updateTable("office.waiting")
    .set({ closed_to: [cast.zhengShang.id] })
    .where("step", "=", "post-notice")
    .execute();
  assert.deepEqual(await checkWaiting(town), numbers);
  await settleTownAgain(town);
  assert.deepEqual(await kept(), before);
  assert.deepEqual(await checkWaiting(town), []);
});

test("an act that is refused changes nothing of what waits", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t);
  const kept = async () => t.town.db.selectFrom("office.waiting").selectAll().orderBy("step").execute();
  const before = await kept();
  await assert.rejects(actOn(t, number, "close", t.cast.zhengShang, on("2026-08-05")), Refusal);
  assert.deepEqual(await kept(), before);
});
