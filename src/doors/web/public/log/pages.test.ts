import assert from "node:assert/strict";
import { test } from "node:test";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aProblem } from "#test/desk";
import { aProgram, aVisitor, textOf } from "#test/door";
import { asScribe } from "#test/notary";
import { aTown, AT } from "#test/town";
import { assertValid } from "#test/valid-page";

test("a leaf says in one sentence what happened and to which entry; what is hashed stands folded below", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const { app, program } = aProgram(t.town);
  await nameLog(t.town, program.notary, program.origin);
  await integrateEvents(t.town, asScribe(program.notary), AT);
  const { text } = await aVisitor(app).get("/log/leaf/0");
  await assertValid(text, "/log/leaf/0");
  assert.match(textOf(text), new RegExp(`7月28日 ?，立项\\s*${number}`));
  assert.match(text, new RegExp(`href="/ledger/${number}"`));
  assert.match(text, /<details>\s*<summary>原文<\/summary>\s*<pre/);
});
