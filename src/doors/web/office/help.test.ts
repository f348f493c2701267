import assert from "node:assert/strict";
import { test } from "node:test";
import { DUTIES } from "#people/officer";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const PICTURE_BYTES = 6_000;

/** The ids of the parts that stand open. */
function openParts(page: string): readonly string[] {
  return [...page.matchAll(/<details class="card help-part" id="([^"]*)"\s+open/g)].map(([, id = ""]) => id);
}

test("help opens at the parts of one's own duties, in both languages, and every officer finds it in the menu", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  for (const officer of Object.values(its.cast)) {
    const cookie = await door.cookieOf(officer);
    for (const lang of ["zh", "en"]) {
      const page = await (await door.get("/office/help", `${cookie}; lang=${lang}`)).text();
      await assertValid(page, `${officer.name} ${lang}`);
      const mine = openParts(page).filter((id) => id !== "receiver");
      assert.deepEqual(mine.toSorted(), [...officer.duties].toSorted(), officer.name);
    }
    assert.match(await (await door.get("/office", cookie)).text(), /href="\/office\/help"/, officer.name);
  }
});

test("each part has its picture of few bytes, five steps and its words; its links open for whoever reads it", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  for (const officer of [its.cast.qianWen, its.cast.zhaoShu, its.cast.zhouXi, its.cast.wuAn, its.cast.shenJi, its.cast.fengZheng]) {
    const cookie = await door.cookieOf(officer);
    const page = await (await door.get("/office/help", cookie)).text();
    const parts = page
      .split('<details class="card help-part"')
      .slice(1)
      .map((part) => part.slice(0, part.indexOf("</details>")));
    assert.equal(parts.length, DUTIES.length + 1);
    for (const part of parts) {
      const [, id = ""] = /^ id="([^"]*)"/.exec(part) ?? [];
      const [picture = ""] = /<svg class="help-picture"[^]*?<\/svg>/.exec(part) ?? [];
      assert.ok(picture.length > 200 && Buffer.byteLength(picture) <= PICTURE_BYTES, `${id}: ${picture.length}`);
      const [list = ""] = /<ol>[^]*?<\/ol>/.exec(part) ?? [];
      assert.equal(list.match(/<li>/g)?.length, 5, id);
      assert.equal(part.match(/<dt>/g)?.length, 3, id);
      for (const [, href = ""] of list.matchAll(/href="([^"]*)"/g))
        assert.equal((await door.get(href, cookie)).status, 200, `${officer.name} ${id} ${href}`);
    }
  }
});

test("the keys stand there for whoever triages, and a stranger is asked to sign in", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  assert.match(textOf(await (await door.get("/office/help", await door.cookieOf(its.cast.qianWen))).text()), /键盘[^]*撤销/);
  assert.doesNotMatch(textOf(await (await door.get("/office/help", await door.cookieOf(its.cast.shenJi))).text()), /键盘/);
  assert.equal((await door.get("/office/help")).status, 303);
});
