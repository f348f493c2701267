import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { receiveReport } from "#intake/receive-report";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { actOn, aProblem } from "#test/desk";
import { aProgram, aVisitor, textOf } from "#test/door";
import { asScribe } from "#test/notary";
import { lamp } from "#test/report";
import { aTown, AT } from "#test/town";
import { assertValid } from "#test/valid-page";

const NEXT_DAY = new Date(AT.getTime() + 86_400_000);

/** A town whose log is read by anybody, and written as far as it goes. */
async function aLogRead(context: TestContext, lang: "zh" | "en" = "zh") {
  const t = await aTown(context);
  const { app, program, clock } = aProgram(t.town);
  clock.at = NEXT_DAY;
  await nameLog(t.town, program.notary, program.origin);
  const write = async () => {
    for (let placed: number | null = null; placed !== 0;) placed = await integrateEvents(t.town, asScribe(program.notary), NEXT_DAY);
  };
  const visitor = aVisitor(app, { lang });
  const read = async (address: string) => {
    const { status, text } = await visitor.get(address);
    await assertValid(text, address);
    return {
      status,
      text,
      sentences: [...text.matchAll(/<li>\s*<a class="leaf"[\s\S]*?(?=<details>)/g)].map(([line]) => textOf(line).trim()),
    };
  };
  return { ...t, write, read };
}

test("the log is read in sentences, the latest first: when, who, what, about what; what is hashed stands folded", async (context) => {
  const t = await aLogRead(context);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, NEXT_DAY);
  await t.write();
  const { text, sentences } = await t.read("/log/leaves");
  assert.match(sentences[0] ?? "", new RegExp(`第 1 条\\s*2026年7月29日 \\d\\d:\\d\\d ，党政办一名工作人员：交办\\s*${number}`));
  assert.match(sentences[1] ?? "", new RegExp(`第 0 条\\s*2026年7月28日 \\d\\d:\\d\\d ，.*一名工作人员：立项\\s*${number}`));
  assert.match(text, /href="\/log\/leaf\/1"/);
  const folded = [...text.matchAll(/<details>\s*<summary>第 \d+ 条的原文<\/summary>([\s\S]*?)<\/details>/g)].map(([, entry = ""]) => entry);
  assert.match(folded[0] ?? "", /problem\.assigned/);
  assert.match(folded[1] ?? "", /problem\.opened/);
  assert.match((await t.read("/log")).text, /<a href="\/log\/leaves">2 条，逐条看<\/a>/);
});

test("of a day only what happened on it is listed, with the days beside it; of a report the hour is not said", async (context) => {
  const t = await aLogRead(context);
  await receiveReport(t.town, null, AT, lamp(t));
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, NEXT_DAY);
  await t.write();
  const day = await t.read("/log/leaves?on=2026-07-28&number=");
  assert.equal(day.sentences.length, 2);
  assert.match(day.sentences[1] ?? "", /2026年7月28日 ，收到来件$/);
  assert.match(day.text, /href="\/log\/leaves\?on=2026-07-27"/);
  assert.match(day.text, /href="\/log\/leaves\?on=2026-07-29"/);
  assert.equal((await t.read("/log/leaves?on=2026-07-29")).sentences.length, 1);
  assert.match(textOf((await t.read("/log/leaves?on=2026-07-27")).text), /这里没有条目/);
});

test("of a problem its own leaves are listed, found by its short number too; what is no day and no number is said", async (context) => {
  const t = await aLogRead(context, "en");
  const number = await aProblem(t, 0);
  await aProblem(t, 1);
  await actOn(t, number, "assign", t.cast.zhengShang, NEXT_DAY);
  await t.write();
  for (const typed of [number, "1", "2026-1"]) {
    const { sentences } = await t.read(`/log/leaves?number=${typed}`);
    assert.equal(sentences.length, 2, typed);
    for (const sentence of sentences) assert.ok(sentence.includes(number), sentence);
  }
  assert.equal((await t.read(`/log/leaves?number=${number}&on=2026-07-29`)).sentences.length, 1);
  for (const wrong of ["on=2026-02-30", "number=%00x", "before=-1"])
    assert.equal((await t.read(`/log/leaves?${wrong}`)).status, 400, wrong);
  assert.match((await t.read(`/ledger/${number}`)).text, new RegExp(`href="/log/leaves\\?number=${number}"`));
});

test("a problem that a hundred neighbours have too is turned page by page, every leaf once", async (context) => {
  const t = await aLogRead(context);
  const number = await aProblem(t);
  const { id } = await t.town.db.selectFrom("ledger.problem").select("id").executeTakeFirstOrThrow();
  for (let one = 0; one < 120; one += 1)
    await appendEvent(t.town, RESIDENT, AT, { verb: "problem.me-too", subject: { kind: "problem", id } });
  await t.write();
  for (const first of [`/log/leaves?number=${number}`, "/log/leaves?on=2026-07-28", "/log/leaves"]) {
    const seen: string[] = [];
    for (let next: string | undefined = first; next !== undefined;) {
      const { text } = await t.read(next.replaceAll("&amp;", "&"));
      seen.push(...[...text.matchAll(/href="\/log\/leaf\/(\d+)"/g)].map(([, leaf = ""]) => leaf));
      next = /href="([^"]+)">更早的条目/.exec(text)?.[1];
    }
    assert.deepEqual(
      seen.map(Number),
      Array.from({ length: 121 }, (_, i) => 120 - i),
      first,
    );
  }
});
