import assert from "node:assert/strict";
import { test } from "node:test";
import { aProblem } from "#test/desk";
import { aDoorstep } from "#test/doorstep";

test("search engines find every entry of the ledger and nothing of anybody's own", async (t) => {
  const its = await aDoorstep(t);
  const { visitor } = its;
  const robots = (await visitor.get("/robots.txt")).text;
  for (const path of ["/office", "/report", "/track", "/receipt"]) assert.ok(robots.includes(`\nDisallow: ${path}\n`), path);
  assert.doesNotMatch((await visitor.get("/sitemap.xml")).text, /<loc>/, "an empty ledger has no sheet");
  const numbers = [await aProblem(its), await aProblem(its)];
  const [, sheet = ""] = /<loc>https?:\/\/[^/]+([^<]+)<\/loc>/.exec((await visitor.get("/sitemap.xml")).text) ?? [];
  const listed = (await visitor.get(sheet.replaceAll("&amp;", "&"))).text;
  assert.deepEqual(
    [...listed.matchAll(/\/ledger\/([^<]+)<\/loc>/g)].map(([, number]) => number),
    numbers,
  );
  for (const nothing of ["?year=2026&after=10000", "?year=2026&after=7", "?year=x&after=0", "?after=0"])
    assert.equal((await visitor.get(`/sitemap.xml${nothing}`)).status, 404, nothing);
});

test("an entry passed on says what will be done, by whom, and how it stands; one person's own page is found by nobody", async (t) => {
  const its = await aDoorstep(t);
  const { visitor } = its;
  const number = await aProblem(its);
  const { text } = await visitor.get(`/ledger/${number}`);
  assert.match(text, new RegExp(`<link rel="canonical" href="https?://[^"]+/ledger/${number}">`));
  assert.match(text, /property="og:description" content="[^"]+ · [^"]+ · [^"]+"/);
  assert.match(text, /property="og:image" content="https?:\/\/[^"]+\/assets\/card-opened[^"]*\.png"/);
  assert.doesNotMatch(text, /noindex/);
  for (const own of ["/track", "/report/what", "/office/sign-in"])
    assert.match((await visitor.get(own)).text, /<meta name="robots" content="noindex">/, own);
});

test("what is not there says where to look instead", async (t) => {
  const { visitor } = await aDoorstep(t);
  const page = await visitor.get("/ledger/SL-2026-0999");
  assert.equal(page.status, 404);
  assert.match(page.text, /台账上没有 SL-2026-0999/);
  for (const way of ["/ledger", "/track", "/report", "/"]) assert.ok((await visitor.get("/nowhere")).text.includes(`href="${way}"`), way);
});
