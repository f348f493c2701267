import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import type { Officer } from "#people/officer";
import { anApi } from "#test/api";
import { actOn } from "#test/desk";
import { cookieOf, textOf } from "#test/door";
import { aNotary, asScribe } from "#test/notary";
import { TEXTS, whatIsWrong } from "#test/unkind-answers";
import { assertValid } from "#test/valid-page";

const key = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
const REASON = "写了别人的姓名";

/** A problem that names somebody, and every door of the town. */
async function aNamingProblem(t: TestContext) {
  const its = await anApi(t);
  const { town, cast, categories, villages, at } = its;
  const opening = { title: "王五家门口积水", details: "王五说下雨就淹", village: villages.dongtang, category: categories.complaint };
  const { number } = await openProblem(town, cast.qianWen, at, OpenProblem.parse(opening));
  await actOn(its, number, "assign", cast.zhengShang, at);
  const get = async (path: string, by: Officer | null = null, lang = "zh-CN") => {
    const cookie = by === null ? "" : await cookieOf(town, by, at);
    return its.ask(path, { headers: { cookie, "accept-language": lang } });
  };
  const post = async (path: string, fields: Readonly<Record<string, string>>, by: Officer) =>
    its.ask(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { cookie: await cookieOf(town, by, at), origin: "http://localhost:3000" },
    });
  return { ...its, number, page: `/office/ledger/${number}/redact`, get, post };
}

const seenIn = (page: string) => /name="seen" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";

test("the office marks a name, sees how everything will read, covers it, and no door tells it any more", async (t) => {
  const { town, cast, at, number, page, get, post } = await aNamingProblem(t);
  const desk = await (await get(`/office/ledger/${number}`, cast.qianWen)).text();
  assert.ok(desk.includes(`href="${page}"`), "the desk leads there");
  const marks = { form_key: key(1), words: "王五", reason: REASON };
  const looked = await post(page, { ...marks, go: "look" }, cast.qianWen);
  assert.equal(looked.status, 200);
  const preview = await looked.text();
  await assertValid(preview, "preview");
  assert.match(textOf(preview), /王五家门口积水 ■■家门口积水/);
  assert.match(await (await get(`/ledger/${number}`)).text(), /王五/, "to look covers nothing");
  const covered = await post(page, { ...marks, go: "cover", seen: seenIn(preview) }, cast.qianWen);
  assert.equal(covered.status, 303);
  assert.match(await (await get(covered.headers.get("location") ?? "", cast.qianWen)).text(), /role="status"/);
  const notary = aNotary();
  await nameLog(town, notary, new URL("http://localhost:3000"));
  await integrateEvents(town, asScribe(notary), at);
  const everywhere = [
    "/",
    "/ledger",
    "/ledger.csv",
    "/ledger.atom",
    `/ledger/${number}`,
    "/ledger?q=%E7%8E%8B%E4%BA%94",
    "/api/v1/problems",
    `/api/v1/problems/${number}`,
    `/log/leaves?number=${number}`,
    "/log/leaf/0",
    "/sitemap.xml",
    "/office/ledger",
    `/office/ledger/${number}`,
    "/office/monday",
    "/office",
    "/office/calls/new",
  ];
  for (const path of everywhere) {
    const answer = await get(path, path.startsWith("/office") ? cast.qianWen : null);
    assert.equal(answer.status, 200, path);
    assert.doesNotMatch((await answer.text()).replaceAll(/value="王五"|“王五”/g, ""), /王五/, path);
  }
  const story = textOf(await (await get(`/ledger/${number}`)).text());
  assert.match(story, /遮盖文字（2 处）/);
  assert.match(story, /党政办遮盖/);
  assert.match(story, new RegExp(REASON));
});

test("what is wrong stands beside its field, and what was marked otherwise than it was seen is shown again", async (t) => {
  const { cast, number, page, get, post } = await aNamingProblem(t);
  const wrong = async (fields: Readonly<Record<string, string>>) => {
    const answer = await post(page, { form_key: key(2), go: "cover", ...fields }, cast.qianWen);
    assert.equal(answer.status, 422);
    const text = await answer.text();
    await assertValid(text, "wrong");
    return text;
  };
  assert.match(await wrong({ words: "", reason: REASON }), /id="e-words"/);
  assert.match(await wrong({ words: "王五", reason: " " }), /id="e-reason"/);
  assert.match(await wrong({ words: "王五\n赵六", reason: REASON }), /id="e-words">文字里没有“赵六”/);
  const unseen = await post(page, { form_key: key(2), words: "王五", reason: REASON, go: "cover", seen: "" }, cast.qianWen);
  assert.equal(unseen.status, 200);
  assert.match(await unseen.text(), /id="preview"/);
  assert.match(await (await get(`/ledger/${number}`)).text(), /王五/);
});

test("a text goes whole by its box, in English as in Chinese", async (t) => {
  const { cast, number, page, get, post } = await aNamingProblem(t);
  const listed = await (await get(page, cast.qianWen, "en")).text();
  await assertValid(listed, "listed");
  assert.match(textOf(listed), /Redact the whole text/);
  const [, whole = ""] = /name="whole" value="([^"]+\.details)"/.exec(listed) ?? [];
  const marks = { form_key: key(3), words: "", whole, reason: REASON };
  const preview = await (await post(page, { ...marks, go: "look" }, cast.qianWen)).text();
  assert.equal((await post(page, { ...marks, go: "cover", seen: seenIn(preview) }, cast.qianWen)).status, 303);
  const story = await (await get(`/ledger/${number}`)).text();
  assert.doesNotMatch(story, /王五说下雨就淹/);
  assert.match(story, /■■■/);
});

test("who worked on it is told why they may not, who is no office does not enter, and the desk offers it to neither", async (t) => {
  const its = await aNamingProblem(t);
  const { town, cast, at, number, page, get, post } = its;
  const { wuJie } = cast;
  await actOn(its, number, "record-progress", wuJie, at);
  assert.equal((await get(page, wuJie)).status, 403);
  await town.db
    .insertInto("people.duty")
    .values({ town: town.id, id: key(9).replace("-4", "-7"), officer: wuJie.id, duty: "office", granted_at: at })
    .execute();
  const refused = await (await get(page, wuJie)).text();
  assert.doesNotMatch(refused, /name="words"/);
  assert.match(refused, /class="office-refused"/);
  assert.ok(!(await (await get(`/office/ledger/${number}`, wuJie)).text()).includes(page));
  const tried = await post(page, { form_key: key(4), words: "王五", reason: REASON, go: "look" }, wuJie);
  assert.doesNotMatch(await tried.text(), /■■家门口/);
  assert.match(await (await get(`/ledger/${number}`)).text(), /王五/);
});

test("the intake desk covers words of a report from the inbox", async (t) => {
  const { town, cast, at, categories, get, post } = await aNamingProblem(t);
  const what = ReceiveReport.parse({ title: "路灯不亮", details: "张三家旁边的灯", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  const page = `/office/inbox/${report}/redact`;
  assert.ok((await (await get(`/office/inbox/${report}`, cast.qianWen)).text()).includes(`href="${page}"`));
  const marks = { form_key: key(5), words: "张三", reason: REASON };
  const preview = await (await post(page, { ...marks, go: "look" }, cast.qianWen)).text();
  assert.equal((await post(page, { ...marks, go: "cover", seen: seenIn(preview) }, cast.qianWen)).status, 303);
  assert.doesNotMatch(await (await get(`/office/inbox/${report}`, cast.qianWen)).text(), /张三/);
  assert.doesNotMatch(await (await get("/office/inbox", cast.qianWen)).text(), /张三/);
});

test("whatever is typed as words or as a reason, it comes back beside its field or is shown as it will read", async (t) => {
  const { cast, number, page, get, post } = await aNamingProblem(t);
  for (const [what, text] of TEXTS) {
    for (const fields of [
      { words: text, reason: REASON },
      { words: "王五", reason: text },
      { words: "王五", whole: text, reason: REASON },
    ]) {
      const answer = await post(page, { form_key: key(6), go: "cover", seen: text, ...fields }, cast.qianWen);
      const bytes = await answer.text();
      assert.ok([200, 413, 422].includes(answer.status), `${what}: ${answer.status}`);
      assert.equal(whatIsWrong({ status: answer.status, bytes: Buffer.from(bytes), text: bytes }), null, what);
    }
  }
  assert.match(await (await get(`/ledger/${number}`)).text(), /王五/, "nothing was covered that nobody looked at");
});
