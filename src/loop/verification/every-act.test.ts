import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { RESIDENT } from "#audit/append-event";
import type { Officer } from "#people/officer";
import { LIFECYCLE } from "#ledger/problem";
import { resumeDueProblems } from "#ledger/resume-problem";
import { Refusal } from "#refusals";
import { act, aProblem, deskOf, type Choice } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import type { DeskCommand, ProblemDesk } from "#office/desk";
import { offersOf } from "#office/offers";
import { raiseObjection } from "./raise-objection.ts";

const DAY_MS = 86_400_000;
const MOST_MS = 12_000;

/**
 * One step: an officer sends a form – most often one that somebody is offered, sometimes any – or a resident speaks,
 * or days go by. `leaders` is how many leaders the form names: none and three among them.
 */
const step = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant("offered" as const) },
    { weight: 3, arbitrary: fc.constant("any" as const) },
    { weight: 1, arbitrary: fc.constantFrom("answer" as const, "object" as const) },
  ),
  pick: fc.nat({ max: 9999 }),
  days: fc.constantFrom(0, 0, 1, 4, 9),
  yes: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  leaders: fc.constantFrom(1, 1, 1, 2, 2, 3, 0),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The cast, and people with duties that a town should not give to one person but may. */
function everybody({ cast }: ATown): readonly Officer[] {
  const also = (who: Officer, ...duties: readonly ("office" | "verifier" | "secretary" | "leader" | "handler")[]): Officer => ({
    ...who,
    duties: new Set([...who.duties, ...duties]),
  });
  return [
    ...Object.values(cast),
    also(cast.fengZheng, "office"),
    also(cast.wangLu, "verifier", "office"),
    also(cast.wuJie, "verifier"),
    also(cast.liHe, "secretary"),
  ];
}

/** Every row that an act on the problem may touch, counted, and the problem's own row whole. */
async function trace({ town }: ATown, problem: string): Promise<unknown> {
  const row = await town.db.selectFrom("ledger.problem").selectAll().where("id", "=", problem).executeTakeFirstOrThrow();
  const { db } = town;
  const counted = await db
    .selectNoFrom([
      db
        .selectFrom("audit.event")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("events"),
      db
        .selectFrom("audit.private_text")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("words"),
      db
        .selectFrom("ledger.assignment")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("assignments"),
      db
        .selectFrom("evidence.use")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("evidence"),
      db
        .selectFrom("ledger.extension")
        .select((eb) => eb.fn.count("decision").as("n"))
        .as("extensions"),
      db
        .selectFrom("ledger.suspension")
        .select((eb) => eb.fn.count("decision").as("n"))
        .as("suspensions"),
      db
        .selectFrom("ledger.dismissal")
        .select((eb) => eb.fn.count("decision").as("n"))
        .as("dismissals"),
      db
        .selectFrom("verification.check")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("checks"),
      db
        .selectFrom("verification.question")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("questions"),
      db
        .selectFrom("verification.notice")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("notices"),
      db
        .selectFrom("verification.objection")
        .select((eb) => eb.fn.count("decision").as("n"))
        .as("objections"),
      db
        .selectFrom("verification.closing")
        .select((eb) => eb.fn.countAll().as("n"))
        .as("closings"),
      db
        .selectFrom("verification.look_back")
        .select((eb) => eb.fn.count("outcome").as("n"))
        .as("lookBacks"),
    ])
    .executeTakeFirstOrThrow();
  return { row, counted };
}

async function speak(t: ATown, desk: ProblemDesk, { kind, pick, yes }: Step, at: Date): Promise<void> {
  if (kind === "object") {
    await raiseObjection(t.town, RESIDENT, at, { problem: desk.standing.problem.id, reason: "还是没人", address: "192.0.2.7" });
    return;
  }
  const question = desk.round.questions[pick % Math.max(1, desk.round.questions.length)];
  await answerQuestion(t.town, RESIDENT, at, {
    question: question?.id ?? desk.standing.problem.id,
    solved: yes ? "yes" : "no",
    satisfied: "",
    why: "",
  });
}

/** Sends what the step says; returns whether an officer's form was foretold to be refused. */
async function send(t: ATown, desk: ProblemDesk, step: Step, at: Date): Promise<"refused" | "offered" | "spoken"> {
  if (step.kind === "answer" || step.kind === "object") return speak(t, desk, step, at).then(() => "spoken" as const);
  const all = everybody(t).flatMap((by) => offersOf(desk, by, at).map((offer) => ({ ...offer, by })));
  const possible = all.filter((offer) => offer.refused === null);
  // By command first: one with many who may do it is not taken more often.
  const commands = [...new Set(possible.map((offer) => offer.command))];
  const command: DeskCommand | undefined = commands[step.pick % Math.max(1, commands.length)];
  const among = step.kind === "offered" && command !== undefined ? possible.filter((offer) => offer.command === command) : all;
  const { command: sent, by, refused } = among[step.pick % among.length] ?? assert.fail();
  const { wangLu, liHe, sunTian } = t.cast;
  const choice: Choice = {
    yes: step.yes,
    leaders: [wangLu, liHe, sunTian].slice(0, step.leaders).map((leader) => leader.id),
    unit: step.pick % 2 === 0 ? t.units.sanitation : t.units.ecology,
  };
  await act(t, desk, sent, by, at, choice);
  return refused === null ? "offered" : "refused";
}

async function walk(t: ATown, sequence: readonly Step[], until: number, seen: Set<string>): Promise<void> {
  const number = await aProblem(t, 2);
  let at = AT;
  let desk = await deskOf(t, number, at);
  for (const step of sequence) {
    if (performance.now() > until) return; // a slow machine walks less
    at = new Date(at.getTime() + step.days * DAY_MS);
    if (step.days > 0) {
      await resumeDueProblems(t.town, at);
      desk = await deskOf(t, number, at);
    }
    const { problem } = desk.standing;
    const before = await trace(t, problem.id);
    try {
      assert.notEqual(await send(t, desk, step, at), "refused", "the page was grey and the command went through");
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      assert.deepEqual(await trace(t, problem.id), before, `${cause.code} left a trace`);
      continue;
    }
    desk = await deskOf(t, number, at);
    const after = desk.standing.problem;
    seen.add(after.status);
    assert.ok(after.status === problem.status || LIFECYCLE[problem.status].includes(after.status), `${problem.status} → ${after.status}`);
    assert.equal(after.version, problem.version + 1);
    assert.equal(after.number, number);
    if (after.status !== "opened" && after.status !== "dismissed") assert.ok(after.leaders.length === 1 || after.leaders.length === 2);
    if (after.status === "opened") assert.equal(after.leaders.length, 0);
  }
}

test("whatever officers send in whatever order: a refusal leaves nothing, an act draws an arrow", async (context) => {
  const t = await aTown(context);
  const seen = new Set<string>();
  let walks = 0;
  const until = performance.now() + MOST_MS;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: "max" }), async (sequence) => {
      if (performance.now() > until) return;
      walks += 1;
      await walk(t, sequence, until, seen);
    }),
    { numRuns: 25, endOnFailure: true },
  );
  const given = await t.town.db.selectFrom("ledger.problem").select("number").orderBy("ordinal").execute();
  assert.deepEqual(
    given.map(({ number }) => number),
    Array.from({ length: walks }, (_, i) => `SL-2026-${String(i + 1).padStart(4, "0")}`),
  );
  const reached = walks < 10 || ["assigned", "rectified", "verified"].every((status) => seen.has(status));
  assert.ok(reached, `${walks} walks only reached ${[...seen].join(" ")}`);
});
