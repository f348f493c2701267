import assert from "node:assert/strict";
import { test } from "node:test";
import { livingLedger } from "#test/living-ledger";
import { aProblem } from "#test/desk";
import { aDoor, aProgram, aVisitor } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { withOtherTongueMarked } from "./other-tongue.ts";

const inEnglish = (page: string) => withOtherTongueMarked(page, "en");
const inChinese = (page: string) => withOtherTongueMarked(page, "zh");

test("what is Chinese in an English page says so, in text, choices, fields and pictures; what says it already is left", () => {
  assert.equal(
    inEnglish("<p>At 东塘村，桥边 &amp; 路灯 by Li</p>"),
    '<p>At <span lang="zh">东塘村，桥边</span> &amp; <span lang="zh">路灯</span> by Li</p>',
  );
  assert.equal(inEnglish('<option value="1">东塘村</option>'), '<option lang="zh" value="1">东塘村</option>');
  assert.equal(inEnglish('<textarea name="a">路灯</textarea>'), '<textarea lang="zh" name="a">路灯</textarea>');
  assert.equal(inEnglish('<input value="路灯">'), '<input lang="zh" value="路灯">');
  for (const left of [
    '<button lang="zh-CN">中文</button>',
    "<title>路灯</title>",
    '<a href="/x" title="路灯">x</a>',
    "<p>Street light</p>",
  ])
    assert.equal(inEnglish(left), left);
});

test("no Chinese word of an English page is read as English, and a Chinese page has none to mark", async (t) => {
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

test("two English words in a row in a Chinese page say so; names, units and codes of one word are Chinese's own", () => {
  for (const [page, marked] of [
    ["<p>职务：Head of the office，在岗</p>", '<p>职务：<span lang="en">Head of the office</span>，在岗</p>'],
    ["<p>在Main Street旁</p>", '<p>在<span lang="en">Main Street</span>旁</p>'],
    ["<p>it&#39;s dark &amp; cold, here</p>", '<p><span lang="en">it&#39;s dark &amp; cold, here</span></p>'],
    ['<option value="1">Shili Town</option>', '<option lang="en" value="1">Shili Town</option>'],
    ['<input name="nameEn" value="Shili Town">', '<input lang="en" name="nameEn" value="Shili Town">'],
    ['<img alt="A broken lamp" src="/x">', '<img lang="en" alt="A broken lamp" src="/x">'],
  ] as const)
    assert.equal(inChinese(page), marked);
  for (const left of [
    "<p>PM2.5 超标，COD TP TN 三项，Wi-Fi 断了，GB 3838 一类</p>",
    "<p>见 SL-2026-0007，写信到 lamp@example.com</p>",
    "<p>请运行 <code>sanwen log verify</code></p>",
    '<a lang="en" href="/">Read in English</a>',
    "<title>Shili Town</title>",
    "<textarea>路灯 on Main Street 不亮</textarea>",
    '<input type="hidden" name="to" value="Shili Town">',
    '<p title="Shili Town">路灯</p>',
  ])
    assert.equal(inChinese(left), left);
});

test("what a resident or an officer wrote in English says so on Chinese pages, public and of the office", async (t) => {
  const its = await aTown(t);
  const number = await aProblem({ ...its, town: its.town });
  const door = aDoor(its);
  await its.town.db.updateTable("ledger.problem").set({ title: "The lamp by the bridge 不亮" }).where("town", "=", its.town.id).execute();
  const marked = /<span lang="en">The lamp by the bridge<\/span> 不亮/;
  assert.match(await (await door.get(`/ledger/${number}`)).text(), marked);
  assert.match(await (await door.get(`/office/ledger/${number}`, await door.cookieOf(its.cast.qianWen))).text(), marked);
  assert.match(await (await door.get("/office/profile", await door.cookieOf(its.cast.wuJie))).text(), /<html lang="zh/);
});

test("a page without English costs one look, and a long text without spaces costs no more", () => {
  const page = `<p>${"路灯不亮，请派人看看。".repeat(4000)}</p><p>${"x".repeat(12_000)}</p>`;
  const begun = performance.now();
  for (let i = 0; i < 20; i += 1) assert.equal(inChinese(page), page);
  assert.ok((performance.now() - begun) / 20 < 20, "twenty milliseconds are fifty times what it takes");
});
