import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { Refusal } from "#refusals";
import { aSession } from "#test/session";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { addOfficer } from "./add-officer.ts";
import { addTown, AddTown } from "./add-town.ts";
import { addUnit } from "./add-unit.ts";
import { addVillage, AddVillage } from "./add-village.ts";
import { changeOfficer } from "./change-officer.ts";
import { changeUnit } from "./change-unit.ts";
import { changeVillage, ChangeVillage } from "./change-village.ts";
import { disableOfficer } from "./disable-officer.ts";
import { enableOfficer } from "./enable-officer.ts";
import { grantDuty } from "./grant-duty.ts";
import { DUTIES, whyNotHold, type Duty } from "./officer.ts";
import { findAccount, findOfficer, findOfficerByLogin, listOfficers, listUnits, listVillages } from "./queries.ts";
import { retireUnit } from "./retire-unit.ts";
import { retireVillage } from "./retire-village.ts";
import { revokeDuty } from "./revoke-duty.ts";
import { findSession } from "./session.ts";
import { whyNotUnder } from "./unit.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

async function eventsOf({ town }: Pick<ATown, "town">): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute()).map(
    ({ verb }) => verb,
  );
}

test("whoever is one of the three hands is nothing else, and a secretary never verifies, whatever is granted in whatever order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...DUTIES), { maxLength: 30 }), (asked) => {
      const held = new Set<Duty>();
      for (const duty of asked) if (whyNotHold(held, duty) === null) held.add(duty);
      const hands = (["system_admin", "security_admin", "auditor"] as const).filter((hand) => held.has(hand));
      assert.ok(hands.length === 0 || held.size === 1);
      assert.ok(!(held.has("secretary") && held.has("verifier")));
    }),
  );
});

test("only the security admin grants duties, and never to themselves", async (t) => {
  const { town, cast, at } = await aTown(t);
  const what = { officer: cast.wuJie.id, version: null, duty: "clerk" } as const;
  await assert.rejects(grantDuty(town, cast.zhouXi, at, what), refusal("officer/not-allowed"));
  await assert.rejects(grantDuty(town, cast.wuAn, at, { officer: cast.wuAn.id, version: null, duty: "office" }), refusal("officer/self"));
  await assert.rejects(
    grantDuty(town, cast.wuAn, at, { officer: cast.shenJi.id, version: null, duty: "system_admin" }),
    refusal("duty/conflict"),
  );
  for (const [officer, duty] of [
    [cast.zhaoShu, "verifier"],
    [cast.shenJi, "clerk"], // the auditor would read what people report
    [cast.zhouXi, "verifier"],
    [cast.wuJie, "auditor"],
  ] as const)
    await assert.rejects(grantDuty(town, cast.wuAn, at, { officer: officer.id, version: null, duty }), refusal("duty/conflict"), duty);
  await assert.rejects(grantDuty(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, duty: "handler" }), refusal("duty/held"));
  assert.deepEqual(await eventsOf({ town }), []);
  await grantDuty(town, cast.wuAn, at, what);
  assert.deepEqual([...((await findOfficer(town, cast.wuJie.id))?.duties ?? [])].sort(), ["clerk", "handler"]);
  assert.deepEqual(await eventsOf({ town }), ["duty.granted"]);
});

test("a duty taken back is gone, and the last administrator or auditor keeps theirs", async (t) => {
  const { town, cast, at } = await aTown(t);
  await assert.rejects(
    revokeDuty(town, cast.wuAn, at, { officer: cast.shenJi.id, version: null, duty: "auditor" }),
    refusal("duty/last-of-its-kind"),
  );
  await assert.rejects(
    revokeDuty(town, cast.wuAn, at, { officer: cast.wuAn.id, version: null, duty: "security_admin" }),
    refusal("officer/self"),
  );
  await assert.rejects(revokeDuty(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, duty: "leader" }), refusal("duty/missing"));
  await revokeDuty(town, cast.wuAn, at, { officer: cast.qianWen.id, version: null, duty: "clerk" });
  assert.deepEqual([...((await findOfficer(town, cast.qianWen.id))?.duties ?? [])], ["office"]);
  await revokeDuty(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, duty: "handler" });
  await grantDuty(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, duty: "auditor" });
  await revokeDuty(town, cast.wuAn, at, { officer: cast.shenJi.id, version: null, duty: "auditor" });
  assert.deepEqual([...((await findOfficer(town, cast.shenJi.id))?.duties ?? [])], []);
});

test("two security admins who take each other's duty at once: one of them is left", async (t) => {
  const { town, cast, at } = await aTown(t);
  await revokeDuty(town, cast.wuAn, at, { officer: cast.zhengShang.id, version: null, duty: "office" });
  await grantDuty(town, cast.wuAn, at, { officer: cast.zhengShang.id, version: null, duty: "security_admin" });
  const zheng = await findOfficer(town, cast.zhengShang.id);
  assert.ok(zheng !== null);
  const ended = await Promise.allSettled([
    revokeDuty(town, cast.wuAn, at, { officer: zheng.id, version: null, duty: "security_admin" }),
    revokeDuty(town, zheng, at, { officer: cast.wuAn.id, version: null, duty: "security_admin" }),
  ]);
  assert.deepEqual(ended.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("an account is added by the system admin, bare of duties, and its login is one of its kind in its town", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const other = await aTownBeside(town);
  const what = {
    login: "sunli",
    name: "孙立",
    titleZh: "干事",
    titleEn: "Officer",
    unit: units.office,
    duties: [],
    hash: null,
  };
  await assert.rejects(addOfficer(town, cast.wuAn, at, what), refusal("officer/not-allowed"));
  await assert.rejects(addOfficer(town, cast.zhouXi, at, { ...what, hash: "of a password they chose" }), refusal("officer/not-allowed"));
  await assert.rejects(addOfficer(town, cast.zhouXi, at, { ...what, duties: ["clerk"] }), refusal("officer/not-allowed"));
  await assert.rejects(addOfficer(town, cast.zhouXi, at, { ...what, unit: other.units.office }), refusal("unit/unknown"));
  await assert.rejects(addOfficer(town, cast.zhouXi, at, { ...what, login: "QianWen" }), refusal("officer/login-taken"));
  assert.deepEqual(await eventsOf({ town }), []);
  const id = await addOfficer(town, cast.zhouXi, at, what);
  assert.equal((await findOfficerByLogin(town, "SunLi"))?.id, id);
  assert.equal(await findOfficerByLogin(other.town, "sunli"), null);
  const namesake = await addOfficer(other.town, other.cast.zhouXi, at, { ...what, unit: other.units.office });
  assert.equal((await findOfficerByLogin(other.town, "sunli"))?.id, namesake);
  assert.equal((await findOfficerByLogin(town, "sunli"))?.id, id, "the next town's people have their own names");
  const event = await town.db.selectFrom("audit.event").select("body").where("verb", "=", "officer.added").executeTakeFirstOrThrow();
  assert.ok(!event.body.includes("孙立") && !event.body.includes("sunli"), "names stand in events only as commitments");
});

test("at set-up officers come with their duties, and the separation holds there too", async (t) => {
  const { town, units, at } = await aTown(t);
  const what = { login: "shoubu", name: "首部", titleZh: "", titleEn: "", unit: units.office, hash: "none" };
  await assert.rejects(addOfficer(town, null, at, { ...what, duties: ["auditor", "system_admin"] }), refusal("duty/conflict"));
  assert.equal(await findOfficerByLogin(town, "shoubu"), null);
  await addOfficer(town, null, at, { ...what, duties: ["clerk", "office"] });
  assert.deepEqual([...((await findOfficerByLogin(town, "shoubu"))?.duties ?? [])].sort(), ["clerk", "office"]);
});

test("disabling an officer ends their sessions at once; enabling gives the account back", async (t) => {
  const { town, cast, at } = await aTown(t);
  const token = await aSession(town, cast.wuJie, at);
  assert.equal((await findSession(town, token, at))?.officer.id, cast.wuJie.id);
  await assert.rejects(disableOfficer(town, cast.qianWen, at, { officer: cast.wuJie.id, version: null }), refusal("officer/not-allowed"));
  await disableOfficer(town, cast.zhouXi, at, { officer: cast.wuJie.id, version: null });
  assert.equal(await findSession(town, token, at), null);
  assert.equal(await findOfficer(town, cast.wuJie.id), null);
  await assert.rejects(disableOfficer(town, cast.zhouXi, at, { officer: cast.wuJie.id, version: null }), refusal("officer/disabled"));
  await assert.rejects(
    grantDuty(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, duty: "clerk" }),
    refusal("officer/unknown"),
  );
  await enableOfficer(town, cast.zhouXi, at, { officer: cast.wuJie.id, version: null });
  assert.equal((await findOfficer(town, cast.wuJie.id))?.name, "吴洁");
  assert.equal(await findSession(town, token, at), null);
});

test("nobody closes their own account, nor the last account with a hand the town needs", async (t) => {
  const { town, cast, at } = await aTown(t);
  await assert.rejects(disableOfficer(town, cast.zhouXi, at, { officer: cast.zhouXi.id, version: null }), refusal("officer/self"));
  await assert.rejects(disableOfficer(town, cast.zhouXi, at, { officer: cast.shenJi.id, version: null }), refusal("duty/last-of-its-kind"));
  await assert.rejects(disableOfficer(town, null, at, { officer: cast.zhouXi.id, version: null }), refusal("duty/last-of-its-kind"));
  assert.equal((await listOfficers(town)).filter(({ disabledAt }) => disabledAt !== null).length, 0);
});

test("an officer changes unit and title, never to another town's unit", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const other = await aTownBeside(town);
  const what = { officer: cast.wuJie.id, version: null, name: "吴洁", titleZh: "副所长", titleEn: "Deputy Head", unit: units.ecology };
  await changeOfficer(town, cast.zhouXi, at, what);
  const { titleZh, unit } = (await findAccount(town, cast.wuJie.id)) ?? {};
  assert.deepEqual({ titleZh, unit }, { titleZh: "副所长", unit: units.ecology });
  await assert.rejects(changeOfficer(town, cast.zhouXi, at, { ...what, unit: other.units.ecology }), refusal("unit/unknown"));
  await assert.rejects(changeOfficer(town, cast.zhouXi, at, { ...what, officer: other.cast.wuJie.id }), refusal("officer/unknown"));
  await assert.rejects(changeOfficer(town, cast.wuAn, at, what), refusal("officer/not-allowed"));
});

test("units make a tree: none stands under itself or under what is below it", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const team = await addUnit(town, cast.qianWen, at, { nameZh: "清运队", nameEn: "Haulage", kind: "contractor", parent: units.sanitation });
  const change = { unit: units.sanitation, version: null, nameZh: "环卫所", nameEn: "Sanitation Station", kind: "station" } as const;
  await assert.rejects(changeUnit(town, cast.qianWen, at, { ...change, parent: team }), refusal("unit/circle"));
  await assert.rejects(changeUnit(town, cast.qianWen, at, { ...change, parent: units.sanitation }), refusal("unit/circle"));
  await assert.rejects(
    addUnit(town, cast.wangLu, at, { nameZh: "x", nameEn: "x", kind: "station", parent: null }),
    refusal("officer/not-allowed"),
  );
  await changeUnit(town, cast.qianWen, at, { ...change, parent: units.ecology });
  assert.equal((await listUnits(town)).find(({ id }) => id === units.sanitation)?.parent, units.ecology);
});

test("two moves made at once cannot close a circle", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const under = (unit: string, parent: string) =>
    changeUnit(town, cast.qianWen, at, { unit, version: null, parent, nameZh: "某办", nameEn: "Some Office", kind: "department" });
  const ended = await Promise.allSettled([under(units.ecology, units.rural), under(units.rural, units.ecology)]);
  assert.deepEqual(ended.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("whatever moves are asked of a tree, walking up always ends", () => {
  const ids = ["a", "b", "c", "d", "e"];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(null, ...ids)), { maxLength: 40 }), (moves) => {
      const parents = new Map<string, string | null>(ids.map((id) => [id, null]));
      for (const [unit, parent] of moves) {
        const units = [...parents].map(([id, parent]) => ({ id, parent, retired: false }));
        if (whyNotUnder(units, unit, parent) === null) parents.set(unit, parent);
      }
      for (const id of ids) {
        let steps = 0;
        for (let above = parents.get(id) ?? null; above !== null; above = parents.get(above) ?? null) assert.ok(steps++ <= ids.length);
      }
    }),
  );
});

test("a unit is retired only when nobody works in it and nothing stands under it", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  await assert.rejects(retireUnit(town, cast.qianWen, at, { unit: units.sanitation, version: null }), refusal("unit/in-use"));
  await assert.rejects(retireUnit(town, cast.qianWen, at, { unit: units.government, version: null }), refusal("unit/in-use"));
  const empty = await addUnit(town, cast.qianWen, at, { nameZh: "临时办", nameEn: "Temporary", kind: "department", parent: null });
  await retireUnit(town, cast.qianWen, at, { unit: empty, version: null });
  await assert.rejects(retireUnit(town, cast.qianWen, at, { unit: empty, version: null }), refusal("unit/unknown"));
  await assert.rejects(
    addUnit(town, cast.qianWen, at, { nameZh: "下属", nameEn: "Below", kind: "station", parent: empty }),
    refusal("unit/unknown"),
  );
});

test("villages are added with or without a place on the map, changed, and retired", async (t) => {
  const { town, cast, at } = await aTown(t);
  const typed = { nameZh: "南坪村", nameEn: "Nanping Village", code: "", lon: "114.40", lat: "27.80" };
  const id = await addVillage(town, cast.qianWen, at, AddVillage.parse(typed));
  await changeVillage(town, cast.qianWen, at, ChangeVillage.parse({ ...typed, lon: "", lat: "", village: id, version: null }));
  assert.equal((await listVillages(town)).find((village) => village.id === id)?.lon, null);
  for (const wrong of [{ lon: "200" }, { lat: "" }, { lat: "abc" }, { code: "12" }, { nameZh: "" }])
    assert.equal(AddVillage.safeParse({ ...typed, ...wrong }).success, false);
  await retireVillage(town, cast.qianWen, at, { village: id, version: null });
  await assert.rejects(retireVillage(town, cast.qianWen, at, { village: id, version: null }), refusal("village/unknown"));
  await assert.rejects(addVillage(town, cast.fengZheng, at, AddVillage.parse(typed)), refusal("officer/not-allowed"));
});

test("a town's id and host name are its own", async (t) => {
  const {
    town: { db, keys, blobs },
    at,
  } = await aTown(t);
  const what = { id: "xinzhen", nameZh: "新镇", nameEn: "Xin", prefix: "XZ", demo: false };
  await assert.rejects(addTown({ db, keys, blobs }, at, { ...what, id: "shili" }), refusal("town/id-taken"));
  await assert.rejects(addTown({ db, keys, blobs }, at, what), refusal("town/host-missing"));
  await addTown({ db, keys, blobs }, at, { ...what, host: "xin.example" });
  await assert.rejects(addTown({ db, keys, blobs }, at, { ...what, id: "xinzhen2", host: "xin.example" }), refusal("town/id-taken"));
  assert.equal(AddTown.safeParse({ ...what, prefix: "1" }).success, false);
  assert.equal(AddTown.parse({ ...what, prefix: " sl " }).prefix, "SL");
});
