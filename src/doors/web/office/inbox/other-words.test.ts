import assert from "node:assert/strict";
import { test } from "node:test";
import { aProblem } from "#test/desk";
import { textOf } from "#test/door";
import { anOffice, aReport, fieldsOf, key } from "#test/inbox";
import { assertValid } from "#test/valid-page";

test("while the public sentence is reworded what may be the same comes as a part of the page, each with the way to join it", async (t) => {
  const its = await anOffice(t);
  const { door, cookie, address, town, villages } = its;
  const number = await aProblem(its, 0);
  await town.db.updateTable("ledger.problem").set({ title: "桥头的护栏断了", village: villages.xiling }).execute();
  const form = await (await door.get(`${address}?act=open&channel=web`, cookie)).text();
  await assertValid(form, "open form");
  assert.match(form, new RegExp(`<similar-ones id="similar-ones"[^>]*data-action="${address}/similar\\?channel=web"></similar-ones>`));
  const ask = (fields: Readonly<Record<string, string>>, of = cookie) => door.post(`${address}/similar?channel=web`, fields, of);
  const part = await ask({ title: "西岭桥头护栏松动", village: villages.xiling, lon: "", lat: "" });
  assert.equal(part.headers.get("x-part"), "similar");
  const text = await part.text();
  assert.match(textOf(text), new RegExp(`${number} 桥头的护栏断了.*在同一个村（社区），都说到“桥头”.*并入已有问题`));
  assert.ok(text.includes(`href="${address}?channel=web&amp;act=join&amp;number=${number}#acts"`));
  for (const title of [" ", "完全是另一回事"]) assert.equal((await (await ask({ title })).text()).trim(), "");
  assert.equal((await ask({ title: "护栏" }, await door.cookieOf(its.cast.wuJie))).status, 403);
  assert.equal((await door.post(address.replace(/.$/, "0").concat("/similar"), { title: "护栏" }, cookie)).headers.get("x-part"), null);
});

test("the way leads to the form that joins, its number filled in; sent so, the report joins", async (t) => {
  const its = await anOffice(t);
  const number = await aProblem(its, 0);
  const { report } = await aReport(its, { title: "另一件" });
  const address = `/office/inbox/${report}`;
  const form = await (await its.door.get(`${address}?act=join&number=${number}`, its.cookie)).text();
  const fields = fieldsOf(form, `${address}/join`);
  assert.equal(fields["number"], number);
  await its.door.post(`${address}/join`, { form_key: key(1), number: fields["number"] ?? "" }, its.cookie);
  const { status } = await its.town.db.selectFrom("intake.report").select("status").where("id", "=", report).executeTakeFirstOrThrow();
  assert.equal(status, "accepted");
});

test("what is typed by hand into the look that nobody asked for does no harm", async (t) => {
  const { door, cookie, address } = await anOffice(t);
  for (const typed of [{ title: "灯", village: "x", lon: "abc", lat: "9999" }, { title: "灯".repeat(5000), lon: "115.1" }, {}]) {
    const part = await door.post(`${address}/similar`, { ...typed }, cookie);
    assert.equal(part.status, 200);
    assert.equal(part.headers.get("x-part"), "similar");
  }
});
