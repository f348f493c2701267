import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { flagsOf } from "#verification/queries";
import { addDays, startOf } from "#platform/instant";
import { aClosing, aGround, detect } from "#test/closings";
import { aVerifiedProblem, deskOf, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aPlace, dice, photographed } from "#test/photographed";
import { AT, aTown, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { raiseFlags } from "#verification/raise-flags";

const DAY = "2026-03-02";

/** The town's door, and a page of it as it is read; every page asked for is valid. */
function aValidDoor(its: ATown) {
  const door = aDoor(its);
  const page = async (path: string, cookie = "") => {
    const text = await (await door.get(path, cookie)).text();
    await assertValid(text, path);
    return textOf(text);
  };
  return { door, page };
}

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
  const { door, page } = aValidDoor(its);
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
  assert.match(await page(`/office/ledger/${second.number}`, cookie), /消除疑点/);
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
  assert.match(await page(address, await door.cookieOf(cast.wangLu)), /说明这条疑点 这件事不在您的职责之内/);
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

test("before it is struck off the verifier sends it back to work on the flag's page, and everybody reads why", async (t) => {
  const its = await aTown(t);
  const { cast, town } = its;
  const number = await aVerifiedProblem(its, 0);
  const { id: problem } = (await deskOf(its, number)).standing.problem;
  const about = { act: "declared", at: AT.toISOString(), dueOn: "2026-08-03" } as const;
  await raiseFlags(town, on("2026-08-05"), AT, [{ kind: "last-moment", problem, mark: "one", about }]);
  const [flag] = await flagsOf(town, problem);
  assert.ok(flag);
  const { door, page } = aValidDoor(its);
  door.clock.at = on("2026-08-06");
  const cookie = await door.cookieOf(cast.fengZheng);
  assert.match(await page(`/ledger/${number}`), /须由不相干的复核人在 (2026年)?8月10日 前看过 还剩 4 天/);
  assert.match(await page("/office?only=flags", cookie), new RegExp(`${number}.*还剩 4 天 待看疑点`));
  door.clock.at = on("2026-08-12");
  const late = await door.cookieOf(cast.fengZheng);
  assert.match(await (await door.get("/office", late)).text(), /<span class="lamp red">逾期 2 天<\/span>/);
  assert.match(await page(`/office/ledger/${number}?act=post-notice`, await door.cookieOf(cast.qianWen)), /看这条疑点/);
  const address = `/office/flags/${flag.id}`;
  assert.match(await page(`${address}?act=uphold`, late), /看过以后，问题在哪里/);
  await page(`${address}?act=uphold`, `${late}; lang=en`);
  assert.equal((await door.post(`${address}/uphold`, { reason: " " }, late)).status, 422);
  assert.equal((await door.post(`${address}/uphold`, { reason: "不是这里" }, await door.cookieOf(cast.wangLu))).status, 403);
  const upheld = await door.post(`${address}/uphold`, { reason: "照片里没有这盏灯" }, late);
  assert.equal(upheld.headers.get("location"), `${address}?done=upheld`);
  assert.match(await page(`${address}?done=upheld`, late), /已认定属实，退回重办/);
  const told = await page(`/ledger/${number}`);
  assert.match(told, /疑点属实，退回重办/);
  assert.match(told, /镇纪委 冯正 认定属实： ?照片里没有这盏灯/);
  assert.match(await page("/flags?state=upheld"), /照片里没有这盏灯/);
  assert.doesNotMatch(await page("/flags?state=acted"), /照片里没有这盏灯/);
});

test("a flag cleared beside the question leads back to the desk, even after a reason was missing", async (t) => {
  const { page, door, cast, second, address } = await aPaperClosing(t);
  const cookie = await door.cookieOf(cast.fengZheng);
  const desk = `/office/ledger/${second.number}`;
  assert.match(await page(desk, cookie), /同一张照片 待看.*看过以后的理由 说明理由，消除疑点/);
  const empty = await door.post(`${address}/clear`, { from: "desk", reason: "" }, cookie);
  assert.equal(empty.status, 422);
  assert.match(await empty.text(), /name="from" value="desk"/);
  const cleared = await door.post(`${address}/clear`, { from: "desk", reason: "同一张全景" }, cookie);
  assert.equal(cleared.headers.get("location"), `${desk}?done=cleared`);
  assert.match(await page(`${desk}?done=cleared`, cookie), /已说明。/);
});

test("a flag on what is struck off is cleared, or its problem is opened again; upholding stands there grey with the reason", async (t) => {
  const { page, door, cast, second, address } = await aPaperClosing(t);
  const cookie = await door.cookieOf(cast.fengZheng);
  const shown = await page(address, cookie);
  assert.match(shown, /确有问题，退回重办 这个问题已经结束/);
  assert.match(shown, /已经销号，确有问题的，重新办理/);
  assert.match(await (await door.get(address, cookie)).text(), new RegExp(`/office/ledger/${second.number}\\?act=reopen#acts`));
  assert.equal((await door.post(`${address}/uphold`, { reason: "不是这里" }, cookie)).status, 409);
});
