import assert from "node:assert/strict";
import { after, test } from "node:test";
import { sql } from "kysely";
import type { Page } from "playwright-core";
import { aSession } from "#test/session";
import { on } from "#test/desk";
import { livingLedger } from "#test/living-ledger";
import { aTown } from "#test/town";
import { aHouse, aPage, closeBrowser } from "./house.ts";

after(closeBrowser);

test("the Monday sheet is one upright page of A4, in a small town and with four hundred problems in hand, in both languages", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const { window } = await livingLedger(its);
  const at = on("2026-08-06");
  const house = await aHouse(t, town, at);
  const page = await aPage(t);
  const url = house.origin;
  await page.context().addCookies([{ name: "session", value: await aSession(town, cast.zhaoShu, at), url }]);
  for (const copies of [0, 400]) {
    await sql`insert into ledger.problem select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(),
        'number', p.number || n, 'ordinal', p.ordinal + 1000 + n, 'search', '', 'due_on', '2026-08-05'::date + n % 9))).*
      from ledger.problem p, generate_series(1, ${copies}::int) n where p.town = ${town.id} and p.number = ${window.number}`.execute(
      town.db,
    );
    for (const lang of ["zh", "en"]) {
      await page.context().addCookies([{ name: "lang", value: lang, url }]);
      await page.goto(`${url}/office/monday`);
      assert.deepEqual(await printed(page), { pages: 1, upright: true }, `${lang}, ${copies} more`);
    }
  }
});

async function printed(page: Page) {
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper) ?? [];
  return { pages: paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0, upright: Math.round(Number(width)) === 595 && Number(height) > 841 };
}
