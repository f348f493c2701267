import assert from "node:assert/strict";
import { test } from "node:test";
import { nameReceivers } from "#limits/name-receivers";
import { changeTown } from "#people/change-town";
import { readParticulars } from "#people/particulars";
import { openingOf, type OpeningLine } from "#office/opening";
import { readDirectory } from "#publication/directory";
import { aDoor, textOf } from "#test/door";
import { aTown, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

const READY = { missingYears: [], withoutPassword: new Set<string>(), withSecondStep: new Set<string>(), restoredOn: null };

async function linesOf({ town }: Pick<ATown, "town">, unready: Partial<Parameters<typeof openingOf>[1]>) {
  const lines = openingOf(await readDirectory(town), { day: "2026-07-28", ...READY, ...unready });
  return (step: OpeningLine["step"]) => lines.find((line) => line.step === step);
}

test("the list says of each step how it stands, and of what is missing whom or what", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const before = await linesOf(its, { missingYears: [2027], withoutPassword: new Set([cast.wuJie.id]) });
  assert.deepEqual(before("people"), { step: "people", light: "amber", count: 11, names: ["吴洁"] });
  assert.deepEqual(before("secondStep")?.names, ["周系", "武安", "沈计"]);
  assert.equal(before("calendar")?.light, "amber");
  for (const done of ["units", "villages", "idle", "duties", "leaders", "categories", "campaign"] as const)
    assert.equal(before(done)?.light, null, done);
  await town.db.updateTable("people.duty").set({ revoked_at: its.at }).where("duty", "in", ["leader", "verifier"]).execute();
  await town.db.updateTable("people.village").set({ retired_at: its.at }).execute();
  const after = await linesOf(its, { missingYears: [2026], restoredOn: "2025-07-28" });
  assert.deepEqual(after("duties"), { step: "duties", light: "amber", count: 1, names: ["verifier"] });
  assert.deepEqual(after("idle")?.names, ["王路", "李河", "孙田", "冯正"]);
  for (const red of ["leaders", "villages", "calendar"] as const) assert.equal(after(red)?.light, "red", red);
  assert.equal(after("backup")?.light, null);
  assert.equal((await linesOf(its, { restoredOn: "2025-07-27" }))("backup")?.light, "amber", "over a year ago");
});

test("the office and the three administrators see what is missing on their first page until nothing is", async (t) => {
  const { town, cast, at, categories } = await aTown(t);
  const door = aDoor({ town, at });
  const today = async (by: (typeof cast)["qianWen"]) => (await door.get("/office", await door.cookieOf(by))).text();
  for (const by of [cast.qianWen, cast.zhouXi, cast.wuAn, cast.shenJi]) {
    const page = await today(by);
    assert.ok(textOf(page).includes("开张清单 · 还缺 4 样"), by.name);
    assert.ok(page.includes('href="/office/opening"'), by.name);
    const list = await door.get("/office/opening", await door.cookieOf(by));
    const text = await list.text();
    assert.equal(list.status, 200, by.name);
    await assertValid(text, "/office/opening");
    assert.equal(text.includes('href="/office/people/town"'), by === cast.zhouXi, "who may not do it reads who does");
  }
  assert.ok(!(await today(cast.wuJie)).includes("/office/opening"), "a handler has work, not a town, to open");
  await changeTown(town, cast.zhouXi, at, { ...(await readParticulars(town)), version: null, phone: "0000-1234567" });
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers: [] });
  const cookie = await door.cookieOf(cast.zhouXi);
  assert.equal((await door.post("/office/opening/restored", {}, await door.cookieOf(cast.wuAn))).status, 403);
  assert.equal((await door.post("/office/opening/restored", {}, cookie)).status, 303);
  const set = [cast.zhouXi, cast.wuAn, cast.shenJi].map(({ id }) => ({
    town: town.id,
    account: id,
    sealed: Buffer.alloc(1),
    proposed_at: at,
    set_at: at,
  }));
  await town.db.insertInto("people.totp").values(set).execute();
  for (const by of [cast.qianWen, cast.zhouXi, cast.wuAn, cast.shenJi]) assert.ok(!(await today(by)).includes("开张清单"), by.name);
  assert.ok(textOf(await (await door.get("/office/opening", cookie)).text()).includes("都办完了"));
});
