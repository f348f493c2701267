import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { readDirectory } from "#publication/directory";
import { WHOLE_LEDGER } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import type { RefusalCode } from "#refusals";
import { findDesk, type DeskCommand } from "#office/desk";
import { offersOf } from "#office/offers";
import { act, actOn, aPhotoFor, aProblem, deskOf, on, type Choice } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { assignProblem } from "./assign-problem.ts";
import { countMeToo } from "./count-me-too.ts";
import { declareRectified } from "./declare-rectified.ts";
import { joinReport } from "./join-report.ts";
import { OpenProblem, openProblem } from "./open-problem.ts";
import { recordProgress } from "./record-progress.ts";
import { resumeDueProblems } from "./resume-problem.ts";

async function anAssignedProblem(t: ATown): Promise<string> {
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  return number;
}

/** The button is grey with these words, and the command says the same. */
async function refused(t: ATown, number: string, command: DeskCommand, by: Officer, at: Date, code: RefusalCode): Promise<void> {
  const desk = await deskOf(t, number, at);
  assert.equal(offersOf(desk, by, at).find((offer) => offer.command === command)?.refused, code);
  await assert.rejects(act(t, desk, command, by, at), { code });
}

async function assignWith(
  t: ATown,
  number: string,
  plan: Choice & { readonly dueOn?: string; readonly measures?: readonly string[] },
): Promise<void> {
  const { problem } = (await deskOf(t, number)).standing;
  await assignProblem(t.town, t.cast.zhengShang, AT, {
    problem: problem.id,
    version: problem.version,
    goal: "中午有人",
    dueOn: plan.dueOn ?? "2026-08-10",
    leaders: [...(plan.leaders ?? [t.cast.wangLu.id])],
    unit: plan.unit ?? t.units.sanitation,
    measures: [...(plan.measures ?? ["轮班"])],
  });
}

test("one or two leaders who hold the duty, one standing unit, a measure, a day within the limit", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await aProblem(t);
  const no = (code: RefusalCode, plan: Parameters<typeof assignWith>[2]) => assert.rejects(assignWith(t, number, plan), { code });
  await no("leaders/none", { yes: true, leaders: [] });
  await no("leaders/too-many", { yes: true, leaders: [cast.wangLu.id, cast.liHe.id, cast.sunTian.id] });
  await no("leaders/not-a-leader", { yes: true, leaders: [cast.wangLu.id, cast.wuJie.id] });
  await no("unit/unknown", { yes: true, unit: newId(AT) });
  await no("measures/none", { yes: true, measures: [] });
  await no("due/past", { yes: true, dueOn: "2026-07-28" });
  await no("due/beyond-limit", { yes: true, dueOn: "2026-08-19" }); // 15 working days after 28 July is 18 August
  await t.town.db.updateTable("people.officer").set({ disabled_at: AT }).where("id", "=", cast.liHe.id).execute();
  await no("leaders/not-a-leader", { yes: true, leaders: [cast.liHe.id] });
  await assignWith(t, number, { yes: true, dueOn: "2026-08-18" });
  const { standing } = await deskOf(t, number);
  assert.deepEqual([standing.problem.status, standing.problem.amberOn], ["assigned", "2026-08-13"]);
  await refused(t, number, "assign", cast.zhengShang, AT, "problem/wrong-status");
});

test("a campaign that lasts until December lengthens no limit; one that wants it within a week shortens it", async (context) => {
  const t = await aTown(context);
  const { town, campaign } = t;
  const number = await aProblem(t);
  await actOn(t, number, "theme", t.cast.qianWen, AT);
  const limit = { day: "2026-08-18", known: true, by: "category" };
  assert.deepEqual((await deskOf(t, number)).latestDueOn, limit, "15 working days, as for every complaint");
  await assert.rejects(assignWith(t, number, { yes: true, dueOn: "2026-12-31" }), { code: "due/beyond-limit" });
  const wanted = (days: number) => town.db.updateTable("ledger.campaign").set({ finish_days: days }).where("id", "=", campaign).execute();
  await wanted(60);
  assert.equal((await deskOf(t, number)).latestDueOn.day, "2026-08-18", "more days than the category has are no more days");
  await wanted(7);
  assert.deepEqual((await deskOf(t, number)).latestDueOn, { day: "2026-08-04", known: true, by: "campaign" });
  await assert.rejects(assignWith(t, number, { yes: true, dueOn: "2026-08-05" }), { code: "due/beyond-limit" });
  await assignWith(t, number, { yes: true, dueOn: "2026-08-04" });
  const { latestExtensionOn } = await deskOf(t, number);
  assert.deepEqual(
    latestExtensionOn,
    { day: "2026-08-18", known: true, by: "extension" },
    "longer only by an extension: ten working days more, whatever the campaign",
  );
});

test("the work is its leaders' and the unit's handlers', and of the units below", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const number = await anAssignedProblem(t);
  await refused(t, number, "record-progress", cast.qianWen, AT, "officer/not-allowed");
  await refused(t, number, "record-progress", cast.liHe, AT, "officer/not-leader");
  await refused(t, number, "record-progress", { ...cast.wuJie, unit: units.ecology }, AT, "officer/wrong-unit");
  await actOn(t, number, "record-progress", cast.wuJie, AT);
  await actOn(t, number, "record-progress", cast.wangLu, AT);
  await actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, unit: units.government });
  await actOn(t, number, "record-progress", cast.wuJie, AT);
  const { standing, progress, assignments } = await deskOf(t, number);
  assert.deepEqual([standing.problem.progressCount, progress.length, assignments.length], [3, 3, 2]);
  await assert.rejects(actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, unit: units.government }), {
    code: "hand-over/nothing-new",
  });
});

test("progress and evidence name only what exists", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  const { problem } = (await deskOf(t, number)).standing;
  const drawn = { problem: problem.id, version: problem.version, note: "进展", stage: "during" as const };
  await assert.rejects(recordProgress(t.town, t.cast.wuJie, AT, { ...drawn, measuresDone: [7], photos: [] }), { code: "measures/unknown" });
  const unknown = { ...drawn, measuresDone: [], photos: ["f".repeat(64)] };
  await assert.rejects(recordProgress(t.town, t.cast.wuJie, AT, unknown), { code: "file/unknown" });
});

test("without a new picture of afterwards nothing is rectified; one shown before does not become one", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  const drawn = async (photos: string[]) => {
    const { problem } = (await deskOf(t, number)).standing;
    return { problem: problem.id, version: problem.version, done: "办好了", measuresDone: [0], undone: "", photos };
  };
  await assert.rejects(async () => declareRectified(t.town, t.cast.wuJie, AT, await drawn([])), { code: "evidence/no-after" });
  const photo = await aPhotoFor(t, number, t.cast.wuJie);
  const { problem } = (await deskOf(t, number)).standing;
  await recordProgress(t.town, t.cast.wuJie, AT, {
    problem: problem.id,
    version: problem.version,
    note: "在做",
    measuresDone: [],
    photos: [photo],
    stage: "during",
  });
  await assert.rejects(async () => declareRectified(t.town, t.cast.wuJie, AT, await drawn([photo])), { code: "evidence/no-after" });
  await declareRectified(t.town, t.cast.wuJie, AT, await drawn([await aPhotoFor(t, number, t.cast.wuJie)]));
});

test("work is declared done only when every measure is ticked, or it is said why one was left; the verifier reads it", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  const { problem } = (await deskOf(t, number)).standing;
  const photos = [await aPhotoFor(t, number, t.cast.wuJie)];
  const form = { problem: problem.id, version: problem.version, done: "办好了", photos };
  const declare = (measuresDone: number[], undone: string) => declareRectified(t.town, t.cast.wuJie, AT, { ...form, measuresDone, undone });
  await assert.rejects(declare([], ""), { code: "measures/unexplained" });
  await assert.rejects(declare([7], "灯具周一到货"), { code: "measures/unknown" });
  await declare([], "灯具周一到货，当天装");
  const { standing, rectifications } = await deskOf(t, number);
  assert.deepEqual([standing.problem.status, standing.problem.measuresDone], ["rectified", []]);
  assert.equal(rectifications.at(-1)?.undone, "灯具周一到货，当天装");
});

test("an extension is asked by one and granted by another; the second is the secretary's", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await anAssignedProblem(t);
  await refused(t, number, "decide-extension", cast.qianWen, AT, "extension/none-waiting");
  await actOn(t, number, "ask-extension", cast.wangLu, AT);
  await refused(t, number, "ask-extension", cast.wuJie, AT, "extension/waiting");
  await refused(t, number, "decide-extension", { ...cast.wangLu, duties: new Set(["office"]) }, AT, "officer/self");
  await actOn(t, number, "decide-extension", cast.qianWen, AT);
  const first = (await deskOf(t, number)).standing;
  assert.deepEqual([first.problem.originalDueOn, first.problem.dueOn], ["2026-08-18", "2026-09-01"]); // 10 working days more
  await actOn(t, number, "ask-extension", cast.wuJie, AT);
  await refused(t, number, "decide-extension", cast.qianWen, AT, "extension/second-needs-secretary");
  await refused(t, number, "decide-extension", { ...cast.wangLu, duties: new Set(["secretary"]) }, AT, "officer/answerable");
  await actOn(t, number, "decide-extension", cast.zhaoShu, AT, { yes: false });
  const { standing, extensions } = await deskOf(t, number);
  assert.deepEqual([standing.problem.dueOn, extensions.map((asked) => asked.decision)], ["2026-09-01", ["granted", "refused"]]);
});

test("an extension decided too late grants no day that has passed", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  await actOn(t, number, "ask-extension", t.cast.wuJie, AT);
  await assert.rejects(actOn(t, number, "decide-extension", t.cast.qianWen, on("2026-09-01")), { code: "due/past" });
  await actOn(t, number, "decide-extension", t.cast.qianWen, on("2026-09-01"), { yes: false });
});

test("a suspension is approved by the secretary, ends by itself on its day, and the clock stands still meanwhile", async (context) => {
  const t = await aTown(context);
  const { cast, town } = t;
  const number = await anAssignedProblem(t);
  await refused(t, number, "ask-suspension", cast.liHe, AT, "officer/not-leader");
  await actOn(t, number, "ask-suspension", cast.wangLu, AT); // until 4 August
  await refused(t, number, "decide-suspension", cast.qianWen, AT, "officer/not-allowed");
  await actOn(t, number, "decide-suspension", cast.zhaoShu, on("2026-07-30"));
  assert.equal(await resumeDueProblems(town, on("2026-08-03")), 0);
  assert.equal(await resumeDueProblems(town, on("2026-08-04")), 1);
  assert.equal(await resumeDueProblems(town, on("2026-08-04")), 0);
  const { standing, events, suspensions } = await deskOf(t, number);
  // 18 + 5 days.
  assert.deepEqual([standing.problem.status, standing.problem.dueOn, standing.problem.resumeOn], ["assigned", "2026-08-23", null]);
  assert.deepEqual([events[0]?.actorKind, suspensions[0]?.endedAt?.getTime()], ["system", on("2026-08-04").getTime()]);
});

test("the office may end a suspension early", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  await actOn(t, number, "ask-suspension", t.cast.wangLu, AT);
  await actOn(t, number, "decide-suspension", t.cast.zhaoShu, AT);
  await refused(t, number, "resume", t.cast.wangLu, AT, "officer/not-allowed");
  await actOn(t, number, "resume", t.cast.qianWen, on("2026-07-29"));
  assert.equal((await deskOf(t, number)).standing.problem.dueOn, "2026-08-19");
});

test("a dismissal needs a second officer, and can be taken back", async (context) => {
  const t = await aTown(context);
  const { cast } = t;
  const number = await anAssignedProblem(t);
  await actOn(t, number, "propose-dismissal", cast.qianWen, AT);
  await refused(t, number, "propose-dismissal", cast.zhengShang, AT, "dismissal/waiting");
  await refused(t, number, "decide-dismissal", cast.qianWen, AT, "dismissal/same-officer");
  await actOn(t, number, "decide-dismissal", cast.zhengShang, AT);
  await actOn(t, number, "reinstate", cast.zhaoShu, AT);
  const { problem } = (await deskOf(t, number)).standing;
  assert.deepEqual([problem.status, problem.leaders, problem.dueOn], ["opened", [], null]);
});

test("neighbours who have it too are counted without sending an officer's form back", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const drawn = await deskOf(t, number);
  const problem = drawn.standing.problem.id;
  await countMeToo(t.town, RESIDENT, AT, { problem });
  const joining = { problem, report: newId(AT), channel: "phone", answer: null };
  await joinReport(t.town, t.cast.qianWen, AT, joining);
  await assert.rejects(joinReport(t.town, t.cast.qianWen, AT, joining), { code: "report/not-open" });
  await act(t, drawn, "assign", t.cast.zhengShang, AT);
  const { meTooCount, reportCount } = (await deskOf(t, number)).standing.problem;
  assert.deepEqual([meTooCount, reportCount], [1, 2]);
});

test("a problem is found by its words and its leaders as they are now", async (context) => {
  const t = await aTown(context);
  const number = await anAssignedProblem(t);
  const names = await readDirectory(t.town);
  const known = () => Promise.resolve(names);
  const asked = { town: t.town, at: AT, names: known, remembered: known };
  const found = async (q: string) => (await listProblems(asked, { ...WHOLE_LEDGER, q })).problems.map((problem) => problem.number);
  for (const q of ["窗口中午没人", "轮班", "中午有人", "王路", "环卫所"]) assert.deepEqual(await found(q), [number], q);
  const to = { leaders: [t.cast.liHe.id], unit: t.units.ecology };
  await actOn(t, number, "hand-over", t.cast.zhengShang, AT, { yes: true, ...to });
  for (const q of ["李河", "生态办"]) assert.deepEqual(await found(q), [number], q);
  for (const q of ["王路", "环卫所"]) assert.deepEqual(await found(q), [], q);
});

test("another town's problem, category, leader and theme are unknown here", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  assert.equal(await findDesk({ ...t.town, id: "linzhen" }, number, AT), null);
  const { problem } = (await deskOf(t, number)).standing;
  await assert.rejects(countMeToo({ ...t.town, id: "linzhen" }, RESIDENT, AT, { problem: problem.id }), { code: "problem/unknown" });
  const stranger = OpenProblem.parse({ title: "路灯不亮", category: newId(AT) });
  await assert.rejects(openProblem(t.town, t.cast.qianWen, AT, stranger), { code: "category/unknown" });
});

test("a form says what is wrong with a field in the house's own codes", () => {
  const faults = OpenProblem.safeParse({ title: " ", category: "nonsense", lon: "abc", photos: ["../etc"] }).error?.issues.map(
    (issue) => `${String(issue.path[0])} ${issue.message}`,
  );
  assert.deepEqual(faults, [
    "title text/missing",
    "lon position/impossible",
    "category choice/unknown",
    "photos choice/unknown",
    "lat position/impossible",
  ]);
});
