import assert from "node:assert/strict";
import { test } from "node:test";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { kindOf, VERBS } from "#proof/all-events";
import { isHashOfFile, openFields } from "#proof/told";
import { aProblem } from "#test/desk";
import { aProgram, aVisitor, textOf } from "#test/door";
import { asScribe } from "#test/notary";
import { aSuperuser } from "#test/superuser";
import { aTown, AT } from "#test/town";
import { assertValid } from "#test/valid-page";
import { wordsIn } from "#words/words";

test("a leaf says in one sentence which unit did what, when and to which entry; what is hashed stands folded below", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const { app, program } = aProgram(t.town);
  await nameLog(t.town, program.notary, program.origin);
  await integrateEvents(t.town, asScribe(program.notary), AT);
  const { text } = await aVisitor(app).get("/log/leaf/0");
  await assertValid(text, "/log/leaf/0");
  assert.match(textOf(text), new RegExp(`2026年7月28日 09:00 ，党政办一名工作人员：立项\\s*${number}`));
  assert.match(text, new RegExp(`href="/ledger/${number}"`));
  assert.match(text, /<details>\s*<summary>第 \d+ 条的原文<\/summary>\s*<p>[^<]+<\/p>\s*<pre/);
});

test("whether the words beside a leaf match it is said; words that were rewritten are named", async (context) => {
  const t = await aTown(context);
  await aProblem(t);
  const { app, program } = aProgram(t.town);
  await nameLog(t.town, program.notary, program.origin);
  await integrateEvents(t.town, asScribe(program.notary), AT);
  const read = async () => textOf((await aVisitor(app).get("/log/leaf/0")).text);
  assert.match(await read(), /承诺相符[\s\S]*公开的文字 怎么啦 窗口中午没人/);
  const root = await aSuperuser(context, t.database);
  await root.query("update audit.private_text set text = '窗口中午有人' where field = 'title'");
  assert.match(await read(), /承诺不相符：怎么啦/);
});

test("every field of public words has a name in both languages", () => {
  const fields = new Set(
    VERBS.flatMap((verb) => [...openFields(verb), ...Object.keys(kindOf(verb)?.words ?? {}).filter((field) => isHashOfFile(verb, field))]),
  );
  for (const lang of ["zh", "en"] as const)
    assert.deepEqual(
      [...fields].filter((field) => !Object.hasOwn(wordsIn(lang).publicLog.fields, field)),
      [],
      lang,
    );
});

test("one page says in plain words what the log proves and what not; the log, its leaves and the checks lead there", async (context) => {
  const t = await aTown(context);
  await aProblem(t);
  const { app, program } = aProgram(t.town);
  await nameLog(t.town, program.notary, program.origin);
  await integrateEvents(t.town, asScribe(program.notary), AT);
  for (const path of ["/log", "/log/leaf/0", "/verify"]) assert.match((await aVisitor(app).get(path)).text, /href="\/log\/about"/, path);
  for (const [lang, says] of [["zh", /不能证明写进去的话是真的/] as const, ["en", /That what was written is true/] as const]) {
    const { text } = await aVisitor(app, { lang }).get("/log/about");
    await assertValid(text, `/log/about ${lang}`);
    assert.match(textOf(text), says);
    assert.equal((/<ol class="chain">[\s\S]*?<\/ol>/.exec(text)?.[0] ?? "").split("<li>").length - 1, 4);
  }
});
