import assert from "node:assert/strict";
import { test } from "node:test";
import { addUnit } from "#people/add-unit";
import { disableOfficer } from "#people/disable-officer";
import { findOfficer } from "#people/queries";
import { transact } from "#platform/town";
import { Refusal } from "#refusals";
import { actOn, aProblem, deskOf, on } from "#test/desk";
import { AT, aTown } from "#test/town";
import { listLedAlone, listOpenOf } from "./left-behind.ts";
import { partWithOfficer } from "./part-with-officer.ts";
import { partWithUnit } from "./part-with-unit.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test("an officer who alone answers for an open problem stays until it is handed over, and another leader is enough", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const [alone, shared] = [await aProblem(t), await aProblem(t)];
  await actOn(t, alone, "assign", cast.zhengShang, AT, { yes: true, leaders: [cast.wangLu.id] });
  await actOn(t, shared, "assign", cast.zhengShang, AT, { yes: true, leaders: [cast.wangLu.id, cast.liHe.id] });
  assert.deepEqual(await listLedAlone(town, cast.wangLu.id), [alone]);
  const part = () => partWithOfficer(town, cast.zhouXi, AT, { officer: cast.wangLu.id, version: null });
  await assert.rejects(part(), refusal("officer/answers-for-problems"));
  assert.ok((await findOfficer(town, cast.wangLu.id)) !== null, "a refused parting leaves nothing");
  await actOn(t, alone, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.sunTian.id] });
  await part();
  assert.deepEqual(await listLedAlone(town, cast.liHe.id), [shared], "whoever is left answers alone now");
});

test("whoever is made answerable at the moment they leave is waited for, and stays", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aProblem(t);
  const [assigned, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const assigning = transact(town, async (town) => {
    await actOn({ ...t, town }, number, "assign", cast.zhengShang, AT, { yes: true, leaders: [cast.wangLu.id] });
    assigned.resolve();
    await commit.promise;
  });
  await assigned.promise;
  const parting = partWithOfficer(town, cast.zhouXi, AT, { officer: cast.wangLu.id, version: null });
  commit.resolve();
  await assigning;
  await assert.rejects(parting, refusal("officer/answers-for-problems"));
});

test("a reminder counts for those who still work here, and is refused when nobody would read it", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aProblem(t);
  await actOn(t, number, "assign", cast.zhengShang, AT, { yes: true, leaders: [cast.wangLu.id, cast.liHe.id] });
  await disableOfficer(town, cast.zhouXi, AT, { officer: cast.wangLu.id, version: null });
  await actOn(t, number, "remind", cast.zhengShang, on("2026-07-29"));
  const [latest] = (await deskOf(t, number, on("2026-07-29"))).events;
  assert.deepEqual([latest?.verb, latest?.facts["leaders"]], ["problem.reminded", [cast.liHe.id]]);
  await disableOfficer(town, null, AT, { officer: cast.liHe.id, version: null });
  await assert.rejects(actOn(t, number, "remind", cast.zhengShang, on("2026-07-29")), refusal("leaders/gone"));
});

test("a unit that answers for open problems is not retired", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const unit = await addUnit(town, cast.qianWen, AT, { nameZh: "临时办", nameEn: "Temporary", kind: "department", parent: null });
  const number = await aProblem(t);
  await actOn(t, number, "assign", cast.zhengShang, AT, { yes: true, unit });
  assert.deepEqual(await listOpenOf(town, unit), [number]);
  const retire = () => partWithUnit(town, cast.qianWen, AT, { unit, version: null });
  await assert.rejects(retire(), refusal("unit/answers-for-problems"));
  await actOn(t, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.wangLu.id] });
  await retire();
});
