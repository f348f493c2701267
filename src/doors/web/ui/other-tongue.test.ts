import assert from "node:assert/strict";
import { test } from "node:test";
import { livingLedger } from "#test/living-ledger";
import { aProgram, aVisitor } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { withChineseMarked } from "./other-tongue.ts";

test("what is Chinese in an English page says so, in text, choices, fields and pictures; what says it already is left", () => {
  assert.equal(
    withChineseMarked("<p>At 东塘村，桥边 &amp; 路灯 by Li</p>"),
    '<p>At <span lang="zh">东塘村，桥边</span> &amp; <span lang="zh">路灯</span> by Li</p>',
  );
  assert.equal(withChineseMarked('<option value="1">东塘村</option>'), '<option lang="zh" value="1">东塘村</option>');
  assert.equal(withChineseMarked('<textarea name="a">路灯</textarea>'), '<textarea lang="zh" name="a">路灯</textarea>');
  assert.equal(withChineseMarked('<input value="路灯">'), '<input lang="zh" value="路灯">');
  for (const left of [
    '<button lang="zh-CN">中文</button>',
    "<title>路灯</title>",
    '<a href="/x" title="路灯">x</a>',
    "<p>Street light</p>",
  ])
    assert.equal(withChineseMarked(left), left);
});

test("no Chinese word of an English page is read as English, and a Chinese page is as it was", async (t) => {
  const its = await aTown(t);
  await livingLedger(its);
  const { app } = aProgram(its.town);
  for (const path of ["/", "/ledger", "/ledger/SL-2026-0001", "/figures", "/report"]) {
    const { text } = await aVisitor(app, { lang: "en" }).get(path);
    await assertValid(text, path);
    const unmarked = text
      .replaceAll(/<(title|script|style)\b[^]*?<\/\1>/g, "")
      .replaceAll(/<(\w+)[^>]*\slang="zh[^"]*"[^>]*>[^<]*<\/\1>/g, "")
      .replaceAll(/<[^>]*>/g, "");
    assert.doesNotMatch(unmarked, /\p{Script=Han}/u, path);
    assert.doesNotMatch((await aVisitor(app).get(path)).text, /lang="zh">/, path);
  }
});
