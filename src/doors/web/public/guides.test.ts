import assert from "node:assert/strict";
import { test } from "node:test";
import { aProgram, aVisitor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

test("every page's foot leads to how it is used, how personal information is kept, and who can use it, in both languages", async (t) => {
  const { town } = await aTown(t);
  const { app } = aProgram(town);
  for (const lang of ["zh", "en"] as const) {
    const visitor = aVisitor(app, { lang });
    const home = await visitor.get("/");
    for (const path of ["/help", "/privacy", "/accessibility"]) {
      assert.ok(home.text.includes(`href="${path}"`), path);
      const page = await visitor.get(path);
      assert.equal(page.status, 200);
      await assertValid(page.text, `${path} ${lang}`);
    }
  }
});

test("the page on personal information says the same as the one where a telephone number is typed", async (t) => {
  const { town } = await aTown(t);
  const visitor = aVisitor(aProgram(town).app);
  const page = textOf((await visitor.get("/privacy")).text);
  const [asked = ""] = /<section class="privacy"[\s\S]*?<\/section>/.exec((await visitor.get("/report/contact")).text) ?? [];
  assert.ok(textOf(asked).length > 100);
  assert.ok(page.includes(textOf(asked).trim()));
});
