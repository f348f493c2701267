import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { answerReport } from "#intake/answer-report";
import { findReport } from "#intake/queries";
import { readWords } from "#intake/read-words";
import { receiveReport } from "#intake/receive-report";
import { replyToReport } from "#intake/reply-to-report";
import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import { declareRectified } from "#ledger/declare-rectified";
import { startOf } from "#platform/instant";
import { checkRectification } from "#verification/check-rectification";
import { findRound } from "#verification/find-round";
import { recordAnswer } from "#verification/record-answer";
import { aPhoto } from "#test/desk";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { aProgram, aVisitor, keyOf, textOf } from "#test/door";

const HALF_HOUR_MS = 30 * 60_000;
const WRONG_CODE = "00000-00000";

const on = (day: string) => new Date(startOf(day).getTime() + 9 * 3_600_000);

async function aReport({ town, at, categories, villages }: Pick<ATown, "town" | "at" | "categories" | "villages">, title = "路灯不亮") {
  const what = {
    title,
    details: "晚上看不见路",
    category: categories.help,
    village: villages.dongtang,
    place: "桥边",
    lon: null,
    lat: null,
    photos: [],
    name: "某某",
    phone: "13800000000",
    email: "",
    wechat: "",
    address: "",
    device: title,
    channel: "web" as const,
  };
  return receiveReport(town, null, at, what);
}

async function aReporter(t: TestContext) {
  const here = await aTown(t);
  const received = await aReport(here);
  const door = aProgram(here.town);
  const visitor = aVisitor(door.app);
  return { ...here, ...received, ...door, visitor };
}

type AReporter = Awaited<ReturnType<typeof aReporter>>;

/** The report's problem, assigned, rectified and checked: the reporter is asked. */
async function askIfSolved({ town, cast, units, categories, report, clock }: AReporter): Promise<string> {
  const opening = {
    title: "村口路灯不亮",
    details: "",
    place: "村口",
    village: null,
    lon: null,
    lat: null,
    category: categories.help,
    theme: null,
    photos: [],
    report,
  };
  const { problem } = await acceptReport(town, cast.qianWen, clock.at, opening);
  const drawn = async () => ({
    problem,
    version: (await town.db.selectFrom("ledger.problem").select("version").where("id", "=", problem).executeTakeFirstOrThrow()).version,
  });
  const plan = { leaders: [cast.wangLu.id], unit: units.sanitation, measures: "换灯", goal: "晚上亮", dueOn: "2026-08-05" };
  await assignProblem(town, cast.zhengShang, clock.at, AssignProblem.parse({ ...(await drawn()), ...plan }));
  const photo = await aPhoto({ town }, { kind: "problem", id: (await drawn()).problem }, cast.wuJie.id);
  await declareRectified(town, cast.wuJie, on("2026-07-30"), {
    ...(await drawn()),
    done: "灯已换",
    measuresDone: [0],
    undone: "",
    photos: [photo],
  });
  await checkRectification(town, cast.fengZheng, on("2026-07-31"), {
    ...(await drawn()),
    manner: "on_site",
    measuresSeen: [0],
    unseen: "",
    finding: "去看过，亮",
    outcome: "passed",
  });
  clock.at = on("2026-08-01");
  const [question] = (await findRound(town, problem)).questions;
  return question?.id ?? "";
}

test("the code, however it is typed, opens the whole story; nobody signs in", async (t) => {
  const { app, visitor, code } = await aReporter(t);
  assert.match((await visitor.get("/track")).text, /回执号/);
  const typed = ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4).replaceAll("0", "o")} `;
  for (const copied of [`回执号：${code}，请保存`, `\u202d${code.slice(0, 5)}－${code.slice(5)}\u202c`, typed])
    assert.equal((await aVisitor(app).post("/track", { code: copied })).location, "/track/story", copied);
  assert.equal((await visitor.post("/track", { code: typed })).location, "/track/story");
  const story = await visitor.get("/track/story");
  assert.equal(story.status, 200);
  assert.match(story.text, /<h1>路灯不亮<\/h1>/);
  assert.match(story.text, /首次答复/);
  assert.match(story.text, /datetime="2026-07-31"/);
  assert.doesNotMatch(story.text, /13800000000|某某/);
  assert.match(story.headers.get("cache-control") ?? "", /no-store/);
});

test("neither the code nor anything personal stands in an address, a cookie or the log", async (t) => {
  const { visitor, code, report, logged } = await aReporter(t);
  await visitor.post("/track", { code });
  await visitor.get("/track/story");
  const seen = JSON.stringify([visitor.visited, [...visitor.cookies], logged]);
  assert.ok(!seen.includes(code) && !seen.includes(report) && !seen.includes("13800000000"));
});

test("a wrong code is answered in the same words whether it is another town's or nobody's", async (t) => {
  const { visitor, town, at, code } = await aReporter(t);
  const beside = await aTownBeside(town);
  await town.db.updateTable("people.town").set({ host: "ledger.example" }).where("town", "=", town.id).execute();
  const elsewhere = await aReport({ ...beside, at }, "别处的事");
  const plain = (text: string, typed: string) => text.replaceAll(typed, "…");
  const nobodys = await visitor.post("/track", { code: WRONG_CODE });
  const others = await visitor.post("/track", { code: elsewhere.code });
  assert.equal(nobodys.status, 404);
  assert.equal(others.status, 404);
  assert.equal(plain(others.text, elsewhere.code), plain(nobodys.text, WRONG_CODE));
  assert.equal((await visitor.post("/track", { code })).status, 303);
});

for (const typed of ["", "短", "7Q4KM-2XD9", "7Q4KM-2XD9U", "x".repeat(100_000), "7Q4KM\u00002XD9H", "' or ''='"]) {
  test(`${JSON.stringify(typed.slice(0, 20))} can be no code, and the page shows how one looks`, async (t) => {
    const { visitor } = await aReporter(t);
    const page = await visitor.post("/track", { code: typed });
    assert.equal(page.status, 422);
    assert.match(page.text, /10 位字母和数字/);
    assert.match(page.text, /href="#f-code"/);
  });
}

test("after too many wrong codes an address is told to wait; a right code of a neighbour behind it opens all the same", async (t) => {
  const { app, code } = await aReporter(t);
  const guesser = aVisitor(app, { address: "198.51.100.9" });
  const wrong = (tried: number) => guesser.post("/track", { code: WRONG_CODE.slice(0, 10) + (tried % 10) });
  for (let tried = 0; tried < 20; tried++) assert.equal((await wrong(tried)).status, 404);
  const refused = await wrong(20);
  assert.equal(refused.status, 429);
  assert.match(refused.text, /请在 \d+ 分钟后再试/);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal((await aVisitor(app, { address: "198.51.100.9" }).post("/track", { code })).status, 303);
});

test("a right code opens however often it is opened, and what is no code at all costs nothing", async (t) => {
  const { visitor, code } = await aReporter(t);
  for (let opened = 0; opened < 35; opened++) assert.equal((await visitor.post("/track", { code })).status, 303);
  for (let tried = 0; tried < 25; tried++) assert.equal((await visitor.post("/track", { code: "短" })).status, 422);
  assert.equal((await visitor.post("/track", { code: WRONG_CODE })).status, 404);
});

test("the story closes after half an hour, or at once on a public computer", async (t) => {
  const { visitor, code, clock } = await aReporter(t);
  await visitor.post("/track", { code });
  assert.equal((await visitor.get("/track")).location, "/track/story");
  clock.at = new Date(clock.at.getTime() + HALF_HOUR_MS);
  assert.equal((await visitor.get("/track/story")).location, "/track?expired=1");
  assert.match((await visitor.get("/track?expired=1")).text, /再输一次回执号/);
  await visitor.post("/track", { code });
  assert.equal((await visitor.post("/track/leave")).location, "/track?left=1");
  assert.equal(visitor.cookies.has("story"), false);
  assert.equal((await visitor.get("/track/story")).location, "/track?expired=1");
});

test("a story's cookie cannot be made up", async (t) => {
  const { app, report } = await aReporter(t);
  const forger = aVisitor(app);
  for (const forged of [report, Buffer.from(JSON.stringify({ until: 9e15, says: report })).toString("base64url"), "x".repeat(200)]) {
    forger.cookies.set("story", forged);
    assert.equal((await forger.get("/track/story")).status, 303, forged);
  }
});

test("the town's reply is in the story, with what comes next", async (t) => {
  const { visitor, town, cast, code, report, clock } = await aReporter(t);
  await answerReport(town, cast.qianWen, clock.at, { report, text: "已经报修，周五前换灯。" });
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  assert.match(story.text, /已经报修，周五前换灯。/);
  assert.match(story.text, /镇上答复/);
});

test("the reporter reads when the town has read what they added, and what it replied, by unit and not by name", async (t) => {
  const { visitor, town, cast, code, report, clock } = await aReporter(t);
  await visitor.post("/track", { code });
  const fields = { form_key: keyOf(await visitor.get("/track/story"), "/track/story/words"), text: "今晚又坏了一盏" };
  const { location } = await visitor.post("/track/story/words", fields);
  assert.match((await visitor.get(location)).text, /镇上看过以后，会写在“往来经过”里/);
  assert.doesNotMatch((await visitor.get("/track/story")).text, /镇上看过了/);
  const seen = (await findReport(town, report))?.words[0]?.id ?? "";
  clock.at = new Date(clock.at.getTime() + 80 * 60_000);
  await readWords(town, cast.qianWen, clock.at, { report, seen });
  await replyToReport(town, cast.qianWen, clock.at, { report, text: "明天上午去换" });
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  assert.match(textOf(story.text), /7月28日 10:20 · 党政办 · 镇上看过了 7月28日 10:20 · 党政办 · 镇上回复 明天上午去换/);
  assert.doesNotMatch(story.text, /钱文/);
  assert.match(story.text, /给你首次答复，不晚于/, "a reply is no first answer");
});

async function aPicture(): Promise<File> {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#345" } })
    .png()
    .toBuffer();
  return new File([new Uint8Array(bytes)], "a.png");
}

test("a word and a photo are added once, however often the form is sent", async (t) => {
  const { visitor, town, code, report } = await aReporter(t);
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  const fields = { form_key: keyOf(story, "/track/story/words"), text: "今晚又坏了一盏", photos: await aPicture() };
  assert.equal((await visitor.post("/track/story/words", fields)).location, "/track/story?done=added");
  await visitor.post("/track/story/words", fields);
  const after = await findReport(town, report);
  assert.deepEqual(
    after?.words.map(({ text }) => text),
    ["今晚又坏了一盏"],
  );
  assert.equal(after.photos.length, 1);
  assert.match((await visitor.get("/track/story?done=added")).text, /今晚又坏了一盏/);
});

test("an empty word, a broken one and a false photo are refused; what was typed and the real photo beside it stay", async (t) => {
  const { visitor, town, code, report } = await aReporter(t);
  await visitor.post("/track", { code });
  for (const nothing of ["", " ", "\u200b", "\u3164\u202e"]) {
    const back = await visitor.post("/track/story/words", { text: nothing });
    assert.equal(back.status, 422, JSON.stringify(nothing));
    assert.match(back.text, /写一句话，或选一张照片/);
  }
  assert.equal((await visitor.post("/track/story/words", { text: "字".repeat(100_000) })).status, 422);
  assert.equal((await visitor.post("/track/story/words", { text: "坏\ud800字" })).status, 422);
  const named = `${"照".repeat(39)}👍🏽`;
  const fake = await visitor.post("/track/story/words", { text: "看照片", photos: [new File(["no"], `${named}.jpg`), await aPicture()] });
  assert.equal(fake.status, 415);
  assert.ok(fake.text.includes(`${named}…`), "a long name is cut between its characters");
  assert.match(fake.text, /看照片/);
  assert.match(fake.text, /name="photos" value="[0-9a-f]{64}"/);
  assert.deepEqual((await findReport(town, report))?.words, []);
});

test("whoever wrote for longer than half an hour types the code again and goes on with what was written", async (t) => {
  const { visitor, code, clock } = await aReporter(t);
  await visitor.post("/track", { code });
  clock.at = new Date(clock.at.getTime() + HALF_HOUR_MS);
  const late = await visitor.post("/track/story/words", { text: "写了很久的话" });
  assert.equal(late.status, 401);
  const wrong = await visitor.post("/track", { ...keptIn(late.text), code: WRONG_CODE });
  const again = await visitor.post("/track", { ...keptIn(wrong.text), code });
  assert.equal(again.status, 200);
  assert.match(again.text, /写了很久的话<\/textarea>/);
});

/** What the page of the code carries on. */
function keptIn(page: string): Record<string, string> {
  const fields = page.matchAll(/<input type="hidden" name="(kept_\w+)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}

test("what was written for longer than half an hour comes back in the form it was written in, never in another", async (t) => {
  const here = await aReporter(t);
  const { visitor, town, cast, categories, report, code, clock } = here;
  const opening = AcceptByOpening.parse({ report, title: "村口路灯不亮", category: categories.complaint });
  await acceptReport(town, cast.qianWen, clock.at, opening);
  const forms = [
    ["dispute", { text: "我说的是桥边的灯" }, /桥边的灯<\/textarea>/],
    ["withdraw", { reason: "昨晚已经修好" }, /昨晚已经修好<\/textarea>/],
    ["words", { text: "又坏了一盏" }, /又坏了一盏<\/textarea>/],
    ["about-me", { name: "某某某", email: "a@example.com" }, /value="某某某"[^]*value="a@example\.com"/],
  ] as const;
  for (const [form, typed, there] of forms) {
    const late = await visitor.post(`/track/story/${form}`, typed);
    assert.equal(late.status, 401, form);
    const again = await visitor.post("/track", { ...keptIn(late.text), code });
    const [, drawn = ""] = new RegExp(`action="/track/story/${form}"([^]*?)</form>`).exec(again.text) ?? [];
    assert.match(drawn, there, form);
    await visitor.post("/track/leave");
  }
});

test("the reporter is asked, says no, and the answer is kept with its reason", async (t) => {
  const here = await aReporter(t);
  const { visitor, town, code } = here;
  const question = await askIfSolved(here);
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  assert.match(
    story.text,
    /<h2 id="ask-title">解决了吗？<\/h2>[^]*办了什么（7月30日）[^]*灯已换[^]*整改后[^]*换灯[^]*已完成[^]*name="solved"/,
  );
  assert.match(story.text, /村口路灯不亮/);
  const nothing = await visitor.post("/track/story/answer", { question, why: "还有一盏不亮" });
  assert.equal(nothing.status, 422);
  assert.match(nothing.text, /还有一盏不亮/);
  const fields = { form_key: keyOf(story, "/track/story/answer"), question, solved: "no", satisfied: "no", why: "还有一盏不亮" };
  assert.equal((await visitor.post("/track/story/answer", fields)).location, "/track/story?done=answered");
  assert.equal((await visitor.post("/track/story/answer", fields)).location, "/track/story?done=answered");
  const answers = await town.db.selectFrom("verification.answer").select(["solved", "satisfied", "why"]).execute();
  assert.deepEqual(answers, [{ solved: false, satisfied: false, why: "还有一盏不亮" }]);
  const told = await visitor.get("/track/story?done=answered");
  assert.match(told.text, /已记下你的回答/);
  assert.doesNotMatch(told.text, /ask-title/);
  assert.match(told.text, /你说没解决：要么继续办，要么公开写明为什么不办/);
  assert.equal((await visitor.post("/track/story/answer", { ...fields, form_key: "" })).status, 409);
});

test("a reporter reads what was recorded for them, and their own answer counts instead", async (t) => {
  const here = await aReporter(t);
  const { visitor, town, code, cast, clock } = here;
  const question = await askIfSolved(here);
  await recordAnswer(town, cast.qianWen, clock.at, { question, solved: "yes", satisfied: "yes", why: "亮了", manner: "phone" });
  await visitor.post("/track", { code });
  const story = await visitor.get("/track/story");
  assert.match(story.text, /镇上问过你，并记下了你的回答/);
  assert.match(story.text, /电话回访，党政办记/);
  const fields = { form_key: keyOf(story, "/track/story/answer"), question, solved: "no", satisfied: "no", why: "还有一盏不亮" };
  assert.equal((await visitor.post("/track/story/answer", fields)).location, "/track/story?done=answered");
  const told = await visitor.get("/track/story");
  assert.match(told.text, /还有一盏不亮/);
  assert.doesNotMatch(told.text, /ask-title|代为记录/);
});

test("nobody answers the question another reporter was asked", async (t) => {
  const here = await aReporter(t);
  const question = await askIfSolved(here);
  const other = await aReport(here, "别的事");
  const stranger = aVisitor(here.app);
  await stranger.post("/track", { code: other.code });
  assert.equal((await stranger.post("/track/story/answer", { question, solved: "yes", satisfied: "yes", why: "" })).status, 404);
  assert.deepEqual(await here.town.db.selectFrom("verification.answer").select("solved").execute(), []);
});

test("a report is withdrawn after a page that says what that means, once", async (t) => {
  const { visitor, town, code, report } = await aReporter(t);
  await visitor.post("/track", { code });
  const page = await visitor.get("/track/story/withdraw");
  assert.match(page.text, /确定撤回吗？/);
  const fields = { form_key: keyOf(page, "/track/story/withdraw"), reason: "已经修好了" };
  assert.equal((await visitor.post("/track/story/withdraw", fields)).location, "/track/story?done=withdrawn");
  assert.equal((await visitor.post("/track/story/withdraw", fields)).location, "/track/story?done=withdrawn");
  assert.equal((await findReport(town, report))?.status, "withdrawn");
  const again = await visitor.post("/track/story/withdraw", { reason: "再撤" });
  assert.equal(again.status, 409);
  assert.match(again.text, /再撤/);
});
