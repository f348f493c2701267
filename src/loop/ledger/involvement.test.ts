import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { changeOfficer } from "#people/change-officer";
import { changeUnit } from "#people/change-unit";
import type { Duty, Officer } from "#people/officer";
import { findOfficer } from "#people/queries";
import { whyNotCheck, whyNotClose, whyNotDecideObjection, whyNotIndependent, whyNotLookBack, whyNotOverrule } from "#verification/gate";
import { actOn, aProblem, deskOf, on } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { involvedIn, involvementOf, whyNotUninvolved } from "./involvement.ts";
import { whyNotDecideDismissal } from "./who-may.ts";

const also = (who: Officer, ...duties: readonly Duty[]): Officer => ({ ...who, duties: new Set([...who.duties, ...duties]) });
const movedTo = (who: Officer, unit: string): Officer => ({ ...who, unit });

/** What the standing says and what the condition on the row says: always the same. */
async function involvement(t: ATown, number: string, by: Officer) {
  const { standing } = await deskOf(t, number);
  const told = involvementOf(standing, by);
  const { rows } = await sql<{ is: boolean }>`
    select ${involvedIn(t.town.id, by)} as is from ledger.problem p where p.town = ${t.town.id} and p.number = ${number}`.execute(
    t.town.db,
  );
  assert.equal(rows[0]?.is, told !== null, by.name);
  return told;
}

async function move(t: ATown, who: Officer, unit: string, at: Date): Promise<Officer> {
  await changeOfficer(t.town, t.cast.zhouXi, at, { officer: who.id, version: null, name: who.name, titleZh: "", titleEn: "", unit });
  return movedTo(who, unit);
}

test("involved are leaders, today's and earlier, workers, and who is of a unit that ever answered", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const number = await aProblem(t);
  assert.equal(await involvement(t, number, cast.wuJie), null);
  await actOn(t, number, "assign", cast.zhengShang, AT); // 王路 leads, the sanitation station answers
  await actOn(t, number, "record-progress", cast.wuJie, AT);
  await actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.liHe.id], unit: units.ecology });
  assert.equal(await involvement(t, number, cast.liHe), "leads");
  assert.equal(await involvement(t, number, cast.wangLu), "leads", "handed over is not forgotten");
  assert.equal(await involvement(t, number, cast.wuJie), "worked");
  assert.equal(await involvement(t, number, movedTo(cast.sunTian, units.sanitation)), "unit", "of a unit that answered before");
  assert.equal(await involvement(t, number, movedTo(cast.sunTian, units.ecology)), "unit");
  for (const by of [cast.qianWen, cast.fengZheng, cast.sunTian, cast.zhaoShu])
    assert.equal(await involvement(t, number, by), null, by.name);
});

test("a unit below the one that answers is involved with it", async (context) => {
  const t = await aTown(context);
  const { cast, units, town } = t;
  const number = await aProblem(t);
  await actOn(t, number, "assign", cast.zhengShang, AT, { yes: true, unit: units.rural });
  assert.equal(await involvement(t, number, cast.wuJie), null);
  const sanitation = {
    unit: units.sanitation,
    version: null,
    nameZh: "环卫所",
    nameEn: "Sanitation Station",
    kind: "station",
    parent: units.rural,
  } as const;
  await changeUnit(town, cast.qianWen, AT, sanitation);
  assert.equal(await involvement(t, number, cast.wuJie), "unit");
});

test("who moves to another unit stays involved in what theirs answered for then, not in what it was given later", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const [before, after] = [await aProblem(t), await aProblem(t)];
  await actOn(t, before, "assign", cast.zhengShang, AT);
  const moved = await move(t, cast.wuJie, units.discipline, on("2026-07-29"));
  await actOn(t, after, "assign", cast.zhengShang, on("2026-07-30"));
  assert.equal(await involvement(t, before, moved), "unit");
  assert.equal(await involvement(t, after, moved), null);
  const back = await move(t, moved, units.sanitation, on("2026-07-31"));
  assert.equal(await involvement(t, after, back), "unit");
  assert.deepEqual((await findOfficer(t.town, moved.id))?.unit, units.sanitation);
});

test("nobody involved dismisses, checks, decides, overrules, closes or looks back: after a hand-over or a move", async (context) => {
  const t = await aTown(context);
  const { cast, units } = t;
  const number = await aProblem(t, 0);
  await actOn(t, number, "assign", cast.zhengShang, AT);
  await actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.liHe.id], unit: units.ecology });
  const everything = (who: Officer) => also(who, "office", "verifier");
  const involved = [cast.wangLu, cast.wuJie, movedTo(cast.sunTian, units.ecology)].map(everything);
  await actOn(t, number, "propose-dismissal", cast.qianWen, AT);
  const proposed = await deskOf(t, number);
  for (const by of involved) assert.equal(whyNotDecideDismissal(proposed.standing, by), "officer/involved", by.name);
  await actOn(t, number, "decide-dismissal", cast.zhengShang, AT, { yes: false });
  await actOn(t, number, "declare-rectified", cast.liHe, on("2026-08-03"));
  const rectified = await deskOf(t, number);
  assert.equal(whyNotCheck(rectified.standing, everything(cast.wangLu)), "verifier/leads");
  assert.equal(whyNotCheck(rectified.standing, everything(cast.wuJie)), "verifier/same-unit");
  await actOn(t, number, "check", cast.fengZheng, on("2026-08-04"));
  const { standing, round } = await deskOf(t, number);
  for (const by of involved) {
    assert.equal(whyNotOverrule(standing, round, by), "officer/involved", by.name);
    assert.equal(whyNotClose(standing, round, by, on("2026-08-20")), "officer/involved", by.name);
    assert.equal(whyNotUninvolved(standing, by), "officer/involved", by.name);
    assert.notEqual(whyNotDecideObjection(standing, round, by), "objection/unknown", by.name);
    assert.notEqual(whyNotIndependent(standing, by), null, by.name);
  }
  assert.equal(whyNotUninvolved(standing, everything(cast.liHe)), "officer/answerable");
  await actOn(t, number, "post-notice", cast.qianWen, on("2026-08-04"));
  await actOn(t, number, "close", cast.qianWen, on("2026-08-20"));
  const closed = await deskOf(t, number);
  const whyNot = (by: Officer) => whyNotLookBack(closed.standing, closed.round, by, "2026-08-21");
  assert.deepEqual(involved.map(whyNot), ["verifier/leads", "verifier/same-unit", "verifier/same-unit"]);
  assert.equal(whyNot(cast.fengZheng), "look-back/not-due");
});
