import assert from "node:assert/strict";
import { test } from "node:test";
import { livingLedger } from "#test/living-ledger";
import { actOn, aProblem, aVerifiedProblem, answerAll, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aTown, aTownBeside } from "#test/town";
import { assertValid } from "#test/valid-page";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";

/** What stands in the table of today: number or report, and the next step. */
function rowsOf(page: string): readonly string[] {
  return [
    ...page.matchAll(/<tr>\s*<th scope="row"[^>]*>\s*(.*?)\s*<\/th>.*?class="office-nowrap" data-label="下一步">\s*(.*?)\s*<\/td>/gs),
  ].map(([, number = "", step = ""]) => `${number} ${textOf(step).trim()}`);
}

test("the office sees what is overdue, what is due soon and what to assign, most urgent first", async (t) => {
  const its = await aTown(t);
  const { window, river, waiting } = await livingLedger(its);
  const door = aDoor(its);
  const page = await (await door.get("/office", await door.cookieOf(its.cast.zhengShang))).text();
  assert.deepEqual(rowsOf(page), [`${window.number} 待督办`, `${river.number} 待督办`, `${waiting.number} 待交办`]);
  await assertValid(page, "/office");
});

test("a report waits for the clerk and never shows itself to a leader, a verifier or an auditor", async (t) => {
  const its = await aTown(t);
  const { town, cast, categories, at } = its;
  await receiveReport(town, null, at, {
    ...ReceiveReport.parse({ title: "只有受理的人看得到这一句", category: categories.help }),
    channel: "web",
  });
  const door = aDoor(its);
  const seenBy = async (officer: typeof cast.qianWen) =>
    (await (await door.get("/office", await door.cookieOf(officer))).text()).includes("只有受理的人看得到这一句");
  assert.equal(await seenBy(cast.qianWen), true);
  for (const officer of [cast.wangLu, cast.wuJie, cast.fengZheng, cast.zhaoShu, cast.shenJi, cast.zhouXi, cast.wuAn])
    assert.equal(await seenBy(officer), false, officer.name);
});

test("the next step goes from hand to hand: handler, verifier, office", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const door = aDoor(its);
  const stepFor = async (officer: typeof cast.qianWen, at: Date) => {
    door.clock.at = at;
    return rowsOf(await (await door.get("/office", await door.cookieOf(officer))).text());
  };
  const number = await aProblem(its, 1);
  await actOn(its, number, "assign", cast.zhengShang, its.at);
  assert.deepEqual(await stepFor(cast.wuJie, its.at), [`${number} 待进展`]);
  await actOn(its, number, "declare-rectified", cast.wuJie, on("2026-08-03"));
  assert.deepEqual(await stepFor(cast.wuJie, on("2026-08-03")), []);
  assert.deepEqual(await stepFor(cast.fengZheng, on("2026-08-03")), [`${number} 待复核`]);
  await actOn(its, number, "check", cast.fengZheng, on("2026-08-04"));
  assert.deepEqual(await stepFor(cast.zhengShang, on("2026-08-04")), [`${number} 待公示`]);
  await actOn(its, number, "post-notice", cast.zhengShang, on("2026-08-04"));
  await answerAll(its, number, on("2026-08-05"), "yes");
  assert.deepEqual(await stepFor(cast.zhengShang, on("2026-08-06")), []);
  assert.deepEqual(await stepFor(cast.zhengShang, on("2026-08-10")), [`${number} 可以销号`]);
});

test("a reporter's no waits for the office to settle it", async (t) => {
  const its = await aTown(t);
  const number = await aVerifiedProblem(its);
  await answerAll(its, number, on("2026-08-05"), "no");
  const door = aDoor(its);
  door.clock.at = on("2026-08-05");
  const page = await (await door.get("/office", await door.cookieOf(its.cast.zhengShang))).text();
  assert.deepEqual(rowsOf(page), [`${number} 待处理“未解决”`]);
});

test("a second extension waits for the secretary, a first one for the office", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const number = await aProblem(its);
  await actOn(its, number, "assign", cast.zhengShang, its.at);
  const door = aDoor(its);
  const stepsFor = async (officer: typeof cast.qianWen, at: Date) => {
    door.clock.at = at;
    return rowsOf(await (await door.get("/office", await door.cookieOf(officer))).text());
  };
  await actOn(its, number, "ask-extension", cast.wangLu, on("2026-07-29"));
  assert.deepEqual(await stepsFor(cast.zhengShang, on("2026-07-29")), [`${number} 待审批延期`]);
  await actOn(its, number, "decide-extension", cast.zhengShang, on("2026-07-29"));
  await actOn(its, number, "ask-extension", cast.wangLu, on("2026-07-30"));
  assert.deepEqual(await stepsFor(cast.zhengShang, on("2026-07-30")), []);
  assert.deepEqual(await stepsFor(cast.zhaoShu, on("2026-07-30")), [`${number} 待审批二次延期`]);
});

test("the sidebar holds only what the officer's duties open", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  const entries = async (officer: typeof its.cast.qianWen) =>
    textOf((/<aside[\s\S]*?<\/nav>/.exec(await (await door.get("/office", await door.cookieOf(officer))).text()) ?? [""])[0]);
  assert.match(await entries(its.cast.qianWen), /今日要办 来件 登记来电 电话回访 台账/);
  assert.doesNotMatch(await entries(its.cast.wangLu), /来件|登记来电|电话回访|日志/);
  assert.doesNotMatch(await entries(its.cast.shenJi), /来件|台账/);
});

test("another town's work is not counted here", async (t) => {
  const its = await aTown(t);
  const beside = await aTownBeside(its.town);
  await livingLedger({ ...its, ...beside });
  const door = aDoor(its);
  const page = await (await door.get("/office", await door.cookieOf(its.cast.qianWen))).text();
  assert.deepEqual(rowsOf(page), []);
});

test("in English too, and for every duty, today is a valid page", async (t) => {
  const its = await aTown(t);
  await livingLedger(its);
  const door = aDoor(its);
  for (const officer of Object.values(its.cast)) {
    const response = await door.get("/office", `${await door.cookieOf(officer)}; lang=en`);
    assert.equal(response.status, 200, officer.name);
    assert.equal(response.headers.get("cache-control"), "no-store");
    await assertValid(await response.text(), officer.name);
  }
});

test("where more waits than is shown at first, all of it is one press away", async (t) => {
  const its = await aTown(t);
  for (let one = 0; one < 110; one += 1)
    await receiveReport(its.town, null, its.at, {
      ...ReceiveReport.parse({ title: `路灯不亮 ${one}`, category: its.categories.complaint }),
      channel: "web",
    });
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  const rows = (page: string) => page.match(/<th scope="row"/g)?.length ?? 0;
  const first = await (await door.get("/office", cookie)).text();
  const all = /href="(\/office\?only=waiting)">全部列出</.exec(first)?.[1] ?? assert.fail("no way to all");
  assert.equal(rows(first), 10);
  assert.equal(rows(await (await door.get(all, cookie)).text()), 100);
});
