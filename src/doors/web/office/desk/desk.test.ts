import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import { declareRectified } from "#ledger/declare-rectified";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { joinReport } from "#ledger/join-report";
import { newId } from "#platform/ids";
import { actOn, aProblem as aLedgerProblem, aPhotoFor, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { findDesk } from "#office/desk";

async function aProblem(t: TestContext) {
  const its = await aTown(t);
  const { town, cast, categories, at } = its;
  const { problem, number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({ title: "东塘村口路灯三天不亮", category: categories.complaint }),
  );
  return { ...its, problem, number, door: aDoor(its) };
}

async function anAssigned(t: TestContext) {
  const its = await aProblem(t);
  const { town, cast, units, problem, at } = its;
  const plan = { leaders: [cast.wangLu.id], unit: units.sanitation, measures: "换灯\n巡查", goal: "夜里都亮", dueOn: "2026-08-10" };
  await assignProblem(town, cast.qianWen, at, AssignProblem.parse({ problem, version: 1, ...plan }));
  return its;
}

const key = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;

test("the office assigns a problem at the desk", async (t) => {
  const { door, cast, units, problem, number, town, at } = await aProblem(t);
  const cookie = await door.cookieOf(cast.qianWen);
  const form = await (await door.get(`/office/ledger/${number}?act=assign`, cookie)).text();
  assert.match(form, /name="leaders"/);
  const sent = await door.post(
    `/office/ledger/${number}/assign`,
    [
      ["form_key", key("1")],
      ["problem", problem],
      ["version", "1"],
      ["leaders", cast.wangLu.id],
      ["leaders", cast.liHe.id],
      ["unit", units.ecology],
      ["measures", "换灯\r\n巡查"],
      ["goal", "夜里都亮"],
      ["dueOn", "2026-08-10"],
    ],
    cookie,
  );
  assert.equal(sent.status, 303);
  const desk = await findDesk(town, number, at);
  assert.deepEqual(desk?.standing.problem.leaders, [cast.wangLu.id, cast.liHe.id]);
  assert.deepEqual(desk.standing.problem.measures, ["换灯", "巡查"]);
  assert.match(textOf(await (await door.get(sent.headers.get("location") ?? "", cookie)).text()), /已交办/);
});

test("a leader disabled and a unit retired since stay chosen on the desk's form, marked, and are not another one unseen", async (t) => {
  const { door, cast, units, number, town, at } = await anAssigned(t);
  await town.db.updateTable("people.officer").set({ disabled_at: at }).where("id", "=", cast.wangLu.id).execute();
  await town.db.updateTable("people.unit").set({ retired_at: at }).where("id", "=", units.sanitation).execute();
  const form = await (await door.get(`/office/ledger/${number}?act=hand-over`, await door.cookieOf(cast.qianWen))).text();
  assert.match(form, new RegExp(`value="${cast.wangLu.id}" selected>王路 · 便民服务中心（已停用，请另选）`));
  assert.match(form, new RegExp(`value="${units.sanitation}" selected>环卫所（已停用，请另选）`));
});

test("what is missing is said beside its field and what was typed stays", async (t) => {
  const { door, cast, problem, number } = await aProblem(t);
  const cookie = await door.cookieOf(cast.qianWen);
  const sent = await door.post(
    `/office/ledger/${number}/assign`,
    { problem, version: "1", measures: "换灯", goal: "", dueOn: "2026-02-30" },
    cookie,
  );
  assert.equal(sent.status, 422);
  const page = await sent.text();
  assert.match(page, /请填写真实的日期/);
  assert.match(page, />\s*换灯<\/textarea>/);
});

test("a refusal about one field stands beside it, marked, and the summary leads there", async (t) => {
  const { door, cast, units, problem, number } = await aProblem(t);
  const cookie = await door.cookieOf(cast.qianWen);
  const plan = { problem, version: "1", leaders: cast.wangLu.id, unit: units.ecology, measures: "换灯", goal: "都亮", dueOn: "2026-08-10" };
  const cases = [
    [{ dueOn: "2026-12-01" }, "dueOn"],
    [{ dueOn: "2026-07-01" }, "dueOn"],
    [{ leaders: cast.wuJie.id }, "leaders"],
    [{ unit: "0198c2c4-0000-7000-8000-000000000009" }, "unit"],
  ] as const;
  for (const [typed, field] of cases) {
    const back = await door.post(`/office/ledger/${number}/assign`, { ...plan, ...typed }, cookie);
    const page = await back.text();
    assert.ok(back.status === 409 || back.status === 404, `${back.status} ${JSON.stringify(typed)}`);
    assert.ok(page.includes(`href="#f-${field}"`) && page.includes(`id="e-${field}"`), JSON.stringify(typed));
    assert.match(page, new RegExp(`id="f-${field}"[^>]*aria-describedby="[^"]*e-${field}" aria-invalid="true"`), JSON.stringify(typed));
  }
});

test("what was asked for too long ago can only be refused: granting it stands grey with its reason", async (t) => {
  const its = await anAssigned(t);
  const { door, cast, number } = its;
  await actOn(its, number, "ask-extension", cast.wuJie, its.at);
  await actOn(its, number, "ask-suspension", cast.wangLu, its.at);
  const choices = [
    ["decide-extension", "grant", cast.qianWen],
    ["decide-suspension", "approve", cast.zhaoShu],
  ] as const;
  for (const [at, isOpen] of [
    [its.at, true],
    [new Date("2026-09-10T09:00:00+08:00"), false],
  ] as const) {
    door.clock.at = at;
    for (const [act, name, by] of choices) {
      const page = await (await door.get(`/office/ledger/${number}?act=${act}`, await door.cookieOf(by))).text();
      assert.match(page, new RegExp(`name="${name}"\\s+value="no"\\s*>`));
      const yes = isOpen ? "\\s*>" : `\\s+disabled aria-describedby="no-${name}-yes"\\s*>`;
      assert.match(page, new RegExp(`name="${name}"\\s+value="yes"${yes}`), `${act} ${isOpen}`);
      await assertValid(page, act);
    }
  }
});

test("the desk opens on the act that waits; what this step forbids is folded away and says which step allows it", async (t) => {
  const { door, cast, problem, number } = await aProblem(t);
  const cookie = await door.cookieOf(cast.qianWen);
  const page = await (await door.get(`/office/ledger/${number}`, cookie)).text();
  assert.match(textOf(page), /等您：交办/);
  assert.match(page, /<form method="post" action="\/office\/ledger\/[^/]+\/assign"/);
  assert.match(textOf(page), /还不能办的 \d+ 项.*销号\s*问题在“已复核”时才能办。/);
  const sent = await door.post(`/office/ledger/${number}/close`, { problem, version: "1", statement: "想直接销号" }, cookie);
  assert.equal(sent.status, 409);
  const back = await sent.text();
  assert.match(back, />\s*想直接销号<\/textarea>/);
  const target = /fault-summary[\s\S]*?href="#([^"]+)"/.exec(back)?.[1];
  assert.ok(back.includes(`id="${target}"`), "the summary leads somewhere");
});

test("a desk leads to what waits for the officer next, at the form of its act; where nothing waits, nowhere", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const [first, second] = [await aLedgerProblem(its), await aLedgerProblem(its)];
  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.qianWen);
  const nextOf = (page: string) => /href="([^"]+)"[^>]*>下一件等您的：([^<]+)</.exec(page)?.slice(1);
  const page = await (await door.get(`/office/ledger/${first}`, cookie)).text();
  assert.deepEqual(nextOf(page), [`/office/ledger/${second}?act=assign#act`, `${second} 待交办`]);
  await actOn(its, second, "assign", cast.qianWen, its.at);
  await actOn(its, first, "assign", cast.qianWen, its.at);
  assert.equal(nextOf(await (await door.get(`/office/ledger/${first}?done=assign`, cookie)).text()), undefined);
});

test("of two officers at once one wins; the other reads what happened meanwhile and loses nothing typed", async (t) => {
  const { door, cast, problem, number } = await anAssigned(t);
  const [wangLu, wuJie] = [await door.cookieOf(cast.wangLu), await door.cookieOf(cast.wuJie)];
  const path = `/office/ledger/${number}/record-progress`;
  const drawn = { problem, version: "2", stage: "during" };
  const both = await Promise.all([
    door.post(path, { ...drawn, form_key: key("1"), note: "灯已经买好" }, wangLu),
    door.post(path, { ...drawn, form_key: key("2"), note: "线路查过了" }, wuJie),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status).sort((a, b) => a - b),
    [303, 409],
  );
  const [won, lost] = both[0].status === 303 ? ["灯已经买好", "线路查过了"] : ["线路查过了", "灯已经买好"];
  const page = await both.find(({ status }) => status === 409)?.text();
  assert.ok(page);
  assert.match(textOf(page), new RegExp(`您打开这一页之后发生了.*${won}`));
  assert.match(page, new RegExp(`>\\s*${lost}</textarea>`));
  assert.match(page, /name="version" value="3"/);
});

test("a double tap records progress once", async (t) => {
  const { door, cast, problem, number, town, at } = await anAssigned(t);
  const cookie = await door.cookieOf(cast.wangLu);
  const fields = { problem, version: "2", form_key: key("1"), note: "灯已经买好", stage: "during" };
  const taps = await Promise.all([1, 2, 3].map(() => door.post(`/office/ledger/${number}/record-progress`, fields, cookie)));
  assert.deepEqual(
    taps.map(({ status }) => status),
    [303, 303, 303],
  );
  assert.equal((await findDesk(town, number, at))?.standing.problem.progressCount, 1);
});

test("what a reporter said on the telephone is recorded at the desk; the form keeps what was typed and says what is missing", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const number = await aVerifiedProblem(its);
  const door = aDoor(its);
  door.clock.at = on("2026-08-05");
  const cookie = await door.cookieOf(cast.qianWen);
  const path = `/office/ledger/${number}`;
  const page = await (await door.get(`${path}?act=record-answer`, cookie)).text();
  await assertValid(page, "record-answer");
  const question = (await deskOf(its, number)).round.questions[0]?.id ?? "";
  assert.match(page, new RegExp(`<option value="${question}"[^>]*>网上 · 7月28日 09:00`));
  const typed = { form_key: key("1"), question, solved: "no", satisfied: "", why: "还有一盏不亮" };
  const back = await door.post(`${path}/record-answer`, typed, cookie);
  assert.equal(back.status, 422);
  const form = await back.text();
  assert.match(form, />\s*还有一盏不亮<\/textarea>/);
  assert.match(form, /id="e-manner"/);
  const sent = await door.post(`${path}/record-answer`, { ...typed, manner: "phone" }, cookie);
  assert.equal(sent.status, 303);
  const desk = textOf(await (await door.get(sent.headers.get("location") ?? "", cookie)).text());
  assert.match(desk, /已记下回答/);
  assert.match(desk, /说没解决 — 还有一盏不亮\s*电话回访，钱文记录/);
  const again = await door.post(`${path}/record-answer`, { ...typed, form_key: key("2"), manner: "phone" }, cookie);
  assert.equal(again.status, 409);
  assert.match(await again.text(), /这位反映人已经有回答了/);
  assert.match(textOf(await (await door.get(`/ledger/${number}`)).text()), /反映人回访\s*没解决[^<]*电话回访，党政办记/);
});

test("the desk says how many reporters nobody can ask", async (t) => {
  const its = await aTown(t);
  const { cast, town } = its;
  const number = await aVerifiedProblem(its, 0);
  const at = on("2026-08-05");
  const { problem } = (await deskOf(its, number)).standing;
  for (const report of [newId(at), newId(at)])
    await joinReport(town, cast.qianWen, at, { problem: problem.id, report, channel: "letter", answer: null });
  const door = aDoor(its);
  door.clock.at = at;
  const page = await (await door.get(`/office/ledger/${number}`, await door.cookieOf(cast.qianWen))).text();
  assert.match(textOf(page), /另有 2 位反映人没有回执，也没有留下联系方式，问不到，不再等待/);
});

async function aPicture(): Promise<File> {
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#888" } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(picture)], "after.jpg", { type: "image/jpeg" });
}

test("photos of a form that comes back need not be chosen again", async (t) => {
  const { door, cast, problem, number, town, at } = await anAssigned(t);
  const cookie = await door.cookieOf(cast.wangLu);
  const form = new FormData();
  for (const [name, value] of Object.entries({ problem, version: "2", form_key: key("1"), done: "" })) form.append(name, value);
  form.append("new_photos", await aPicture());
  const faulty = await door.ask(
    `/office/ledger/${number}/declare-rectified`,
    { method: "POST", body: form, headers: { origin: "http://localhost:3000" } },
    cookie,
  );
  assert.equal(faulty.status, 422);
  const sha256 = /name="photos" value="([0-9a-f]{64})"/.exec(await faulty.text())?.[1];
  assert.ok(sha256);
  const sent = await door.post(
    `/office/ledger/${number}/declare-rectified`,
    [
      ...Object.entries({ problem, version: "2", form_key: key("1"), done: "灯换好了", photos: sha256 }),
      ["measuresDone", "0"],
      ["measuresDone", "1"],
    ],
    cookie,
  );
  assert.equal(sent.status, 303);
  assert.equal((await findDesk(town, number, at))?.standing.problem.status, "rectified");
});

/** Declared done with the second measure left. */
async function aDeclared(t: TestContext) {
  const its = await anAssigned(t);
  const { cast, number, problem, town, at, door } = its;
  const photos = [await aPhotoFor(its, number, cast.wangLu)];
  const left = "巡查从周一开始";
  await declareRectified(town, cast.wangLu, at, { problem, version: 2, done: "灯换好了", measuresDone: [0], undone: left, photos });
  const cookie = await door.cookieOf(cast.fengZheng);
  const address = `/office/ledger/${number}`;
  const check = (...sent: readonly [string, string][]) => {
    const measures = ["换灯", "巡查"].map((measure): [string, string] => ["measures", measure]);
    return door.post(`${address}/check`, [["problem", problem], ["version", "3"], ...measures, ...sent], cookie);
  };
  return { ...its, address, cookie, check };
}

test("the verifier reads what the unit claims, measure by measure, with its photo above the question", async (t) => {
  const { door, address, cookie } = await aDeclared(t);
  const shown = await (await door.get(address, cookie)).text();
  assert.match(shown, /name="measures" value="换灯"[\s\S]*name="measures" value="巡查"/, "what a press of the button sends back with it");
  const page = textOf(shown);
  assert.match(page, /等您：复核.*灯换好了.*换灯\s*已完成.*没办的措施：巡查从周一开始.*整改后 · .*措施看到办了吗 换灯 巡查.*怎么复核/);
});

test("a verifier passes it measure by measure: the desk and the public page say which was seen, and why another was not", async (t) => {
  const { door, address, cookie, check, number } = await aDeclared(t);
  const said = [
    ["manner", "on_site"],
    ["finding", "灯亮了"],
    ["outcome", "passed"],
    ["measuresSeen", "0"],
  ] as [string, string][];
  const refused = await check(...said);
  assert.equal(refused.status, 409);
  const back = await refused.text();
  assert.match(textOf(back), /没看到的，请写一句为什么仍然通过/);
  assert.match(back, /name="measuresSeen"\s+value="0"\s+checked/);
  assert.equal((await check(...said, ["unseen", "巡查表还没有到第一班"])).status, 303);
  for (const path of [address, `/ledger/${number}`]) {
    const page = await (await door.get(path, cookie)).text();
    await assertValid(page, path);
    assert.match(textOf(page), /换灯\s*已完成\s*复核看到了\s*巡查\s*复核没看到/, path);
    assert.match(textOf(page), /巡查表还没有到第一班/, path);
  }
  assert.match(textOf(await (await door.get(`/ledger/${number}`)).text()), /现场复核；看到了第 1 条措施/);
});

test("a verifier sends it back in one press: the measures not seen are the finding", async (t) => {
  const { door, check, number, town, at } = await aDeclared(t);
  assert.equal((await check(["outcome", "failed"], ["measuresSeen", "0"])).status, 303);
  const desk = await findDesk(town, number, at);
  const { manner, finding, outcome } = desk?.round.check ?? {};
  assert.deepEqual([desk?.standing.problem.status, manner, finding, outcome], ["assigned", "on_paper", "没看到：巡查", "failed"]);
  assert.match(textOf(await (await door.get(`/ledger/${number}`)).text()), /换灯\s*已完成\s*复核看到了\s*巡查\s*复核没看到/);
});

test("who saw every measure says in words why it goes back all the same", async (t) => {
  const { check, number, town, at } = await aDeclared(t);
  const refused = await check(["outcome", "failed"], ["measuresSeen", "0"], ["measuresSeen", "1"]);
  assert.equal(refused.status, 422);
  assert.equal((await findDesk(town, number, at))?.standing.problem.status, "rectified");
});

test("a fake photo is refused with its reason, the real one beside it stays, and nothing is written", async (t) => {
  const { door, cast, problem, number, town, at } = await anAssigned(t);
  const cookie = await door.cookieOf(cast.wangLu);
  const form = new FormData();
  for (const [name, value] of Object.entries({ problem, version: "2", form_key: key("1"), done: "灯换好了" })) form.append(name, value);
  form.append("new_photos", new File(["这不是照片"], "after.jpg", { type: "image/jpeg" }));
  form.append("new_photos", await aPicture());
  const refused = await door.ask(
    `/office/ledger/${number}/declare-rectified`,
    { method: "POST", body: form, headers: { origin: "http://localhost:3000" } },
    cookie,
  );
  assert.equal(refused.status, 415);
  const back = await refused.text();
  assert.match(back, />\s*灯换好了<\/textarea>/);
  assert.match(back, /name="photos" value="[0-9a-f]{64}"/);
  assert.equal((await findDesk(town, number, at))?.standing.problem.status, "assigned");
});

test("a number nobody gave, or another town's, is not found", async (t) => {
  const { door, cast } = await aProblem(t);
  const cookie = await door.cookieOf(cast.qianWen);
  for (const number of ["SL-2026-9999", "LZ-2026-0001", "x", "%00"])
    assert.equal((await door.get(`/office/ledger/${number}`, cookie)).status, 404, number);
});
