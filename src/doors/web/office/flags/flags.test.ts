import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { flagsOf } from "#detector/queries";
import { addDays, startOf } from "#platform/instant";
import { aClosing, aGround, detect } from "#test/closings";
import { aDoor, textOf } from "#test/door";
import { aPlace, dice, photographed } from "#test/photographed";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const DAY = "2026-03-02";

/** Two problems, the second with the first one's photo of what was put right. */
async function aPaperClosing(t: TestContext) {
  const its = await aTown(t);
  const ground = await aGround(its, dice(11));
  const photo = (moment: "before" | "after") => photographed(ground.roll, aPlace(ground.roll), moment);
  const after = await photo("after");
  const first = await aClosing(ground, DAY, { photos: { before: await photo("before"), after } });
  const second = await aClosing(ground, addDays(DAY, 9), { photos: { before: await photo("before"), after } });
  const look = (days: number) => detect(ground, startOf(addDays(DAY, days)));
  await look(36);
  const [flag] = await flagsOf(its.town, second.problem);
  assert.ok(flag);
  const door = aDoor(its);
  const page = async (path: string, cookie = "") => {
    const text = await (await door.get(path, cookie)).text();
    await assertValid(text, path);
    return textOf(text);
  };
  return { ...its, door, page, look, first, second, flag, address: `/office/flags/${flag.id}` };
}

test("a flag stands on the problem's page, in the list and in the figures, each leading to its evidence", async (t) => {
  const { page, first, second, door } = await aPaperClosing(t);
  const problem = await page(`/ledger/${second.number}`);
  assert.match(problem, /同一张照片 待看 这里的“整改后”照片，和下面这个问题的“整改后”照片几乎是同一张/);
  assert.match(problem, new RegExp(`256 个特征点里有 0 个不同 ${first.number}`));
  assert.match(problem, /机器提示疑点/);
  assert.doesNotMatch(await page(`/ledger/${first.number}`), /疑点/);
  assert.match(await page("/flags?kind=same-photo&state=open"), new RegExp(second.number));
  assert.doesNotMatch(await page("/flags?kind=same-photo&state=cleared"), new RegExp(second.number));
  assert.match(await page("/flags?kind=nonsense&state=&before=x"), new RegExp(second.number));
  assert.match(await (await door.get("/figures")).text(), /<a href="\/flags\?kind=same-photo&amp;state=open">1<\/a>/);
  await page(`/ledger/${second.number}`, "lang=en");
});

test("a verifier who has nothing to do with it clears a flag with a reason that everybody reads", async (t) => {
  const { page, door, cast, second, address } = await aPaperClosing(t);
  const cookie = await door.cookieOf(cast.fengZheng);
  assert.match(await page(`/office/ledger/${second.number}`, cookie), /说明这条疑点/);
  assert.match(await page(address, cookie), /看过以后的理由/);
  assert.equal((await door.post(`${address}/clear`, { reason: " " }, cookie)).status, 422);
  const form = { form_key: "00000000-0000-4000-8000-000000000001", reason: "两个点位同在一条街，一次清运，照片是同一张全景。" };
  const cleared = await door.post(`${address}/clear`, form, cookie);
  assert.equal(cleared.headers.get("location"), `${address}?done=cleared`);
  assert.equal((await door.post(`${address}/clear`, { ...form, form_key: "00000000-0000-4000-8000-000000000002" }, cookie)).status, 409);
  const problem = await page(`/ledger/${second.number}`);
  assert.match(problem, /已说明/);
  assert.match(problem, /镇纪委 冯正 说明： ?两个点位同在一条街/);
  assert.match(await page("/flags?state=cleared"), /两个点位同在一条街/);
});

test("who answers for the problem, or is no verifier, sees the flag and is told why they may not clear it", async (t) => {
  const { page, door, cast, town, second, address } = await aPaperClosing(t);
  assert.match(await page(address, await door.cookieOf(cast.wangLu)), /看过以后的理由|说明理由，消除疑点/);
  assert.equal((await door.post(`${address}/clear`, { reason: "没问题" }, await door.cookieOf(cast.wangLu))).status, 403);
  await town.db
    .updateTable("ledger.problem")
    .set({ leaders: [cast.fengZheng.id] })
    .where("id", "=", second.problem)
    .execute();
  const cookie = await door.cookieOf(cast.fengZheng);
  assert.match(await (await door.get(address, cookie)).text(), /aria-disabled="true" aria-describedby="no-clear"/);
  assert.equal((await door.post(`${address}/clear`, { reason: "没问题" }, cookie)).status, 409);
});

test("a problem that goes back to work answers its flags", async (t) => {
  const { page, door, cast, town, second, look } = await aPaperClosing(t);
  const { version } = await town.db
    .selectFrom("ledger.problem")
    .select("version")
    .where("id", "=", second.problem)
    .executeTakeFirstOrThrow();
  const cookie = await door.cookieOf(cast.fengZheng);
  const reopened = await door.post(
    `/office/ledger/${second.number}/reopen`,
    { problem: second.problem, version: String(version), reason: "照片不是这里的" },
    cookie,
  );
  assert.equal(reopened.status, 303);
  await look(37);
  assert.match(await page(`/ledger/${second.number}`), /同一张照片 已退回或补办/);
});
