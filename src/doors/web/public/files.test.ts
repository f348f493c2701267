import assert from "node:assert/strict";
import { test } from "node:test";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { textOf } from "#test/door";
import { aLongLedger, numbersIn } from "#test/long-ledger";
import { assertValid } from "#test/valid-page";

type Its = Awaited<ReturnType<typeof aLongLedger>>;

/** Takes one file after another as the pages lead; `meanwhile` happens after the first. */
async function everyFile({ door }: Its, first: string, meanwhile: () => Promise<unknown>) {
  const files: (readonly string[])[] = [];
  for (let page: string | undefined = first; page !== undefined;) {
    const text = await (await door.get(page.replaceAll("&amp;", "&"))).text();
    await assertValid(text, page);
    assert.match(textOf(text), new RegExp(`第 ${files.length + 1} 份`));
    const href = /href="([^"]+\.csv[^"]*)" download/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? assert.fail(page);
    const file = await door.get(href);
    files.push(numbersIn(await file.text()));
    page = /href="([^"]+)" rel="next"/.exec(text)?.[1];
    const link = /<([^>]+)>; rel="next"/.exec(file.headers.get("link") ?? "")?.[1];
    assert.equal(link === undefined, page === undefined, "a program is told of the next file as a reader is");
    if (files.length === 1) await meanwhile();
  }
  return files;
}

for (const [what, list, most] of [
  ["the public ledger", "/ledger", 500],
  ["a number", "/figures/problems", 200],
] as const)
  test(`${what} that is longer than a file is offered in parts, every entry once, whatever is opened meanwhile`, async (t) => {
    const its = await aLongLedger(t, most * 2 + 3);
    const page = await (await its.door.get(list)).text();
    const first = new RegExp(`href="(${list}/files[^"]*)"`).exec(page)?.[1] ?? assert.fail(list);
    const { town, cast, categories, at } = its;
    const another = OpenProblem.parse({ title: "井盖松动", category: categories.complaint });
    const files = await everyFile(its, first, () => openProblem(town, cast.qianWen, at, another));
    assert.deepEqual(
      files.map(({ length }) => length),
      [most, most, 3],
    );
    assert.equal(new Set(files.flat()).size, most * 2 + 3);
    assert.deepEqual(files.flat(), files.flat().toSorted().toReversed());
  });

test("a ledger that fits in a file is taken at once, and no part begins behind its last entry", async (t) => {
  const its = await aLongLedger(t, 3);
  assert.match(await (await its.door.get("/ledger")).text(), /href="\/ledger\.csv" download/);
  assert.match(textOf(await (await its.door.get("/ledger/files?before=SL-2026-0001&part=2")).text()), /没有可以下载的/);
  assert.equal((await its.door.get("/ledger/files?light=blue")).status, 400);
  assert.equal((await its.door.get("/figures/ranking/files")).status, 404);
});
