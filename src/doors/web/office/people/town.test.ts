import assert from "node:assert/strict";
import { test } from "node:test";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const PARTICULARS = {
  version: "1",
  nameZh: "示例镇",
  nameEn: "",
  phone: "０7９5-123 4567",
  hours: "周一至周五 8:30–17:30",
  address: "府前路 1 号",
  responsible: "示例镇人民政府",
  icpRecord: "示ICP备00000001号",
  policeRecord: "示公网安备00000002号",
};
const CALL = 'href="tel:07951234567"';

test("the town's telephone stands where somebody may need it, and nowhere before it was said", async (t) => {
  const its = await aTown(t);
  const { town, cast, at } = its;
  const door = aDoor({ town, at });
  const places = ["/", "/ledger", "/report/what", "/track", "/ledger/SL-2026-0099", "/nowhere", "/receipt/none"];
  for (const place of places) assert.ok(!(await (await door.get(place)).text()).includes("tel:"), place);
  const cookie = await door.cookieOf(cast.zhouXi);
  assert.equal((await door.post("/office/people/town", PARTICULARS, cookie)).status, 303);
  for (const place of places) {
    const page = await (await door.get(place)).text();
    assert.ok(page.includes(CALL), place);
    await assertValid(page, place);
  }
  const said = textOf(await (await door.get("/report/what")).text());
  assert.ok(said.includes("也可以打电话 0795-123 4567 周一至周五 8:30–17:30"), said);
  const home = await (await door.get("/")).text();
  for (const words of ["府前路 1 号", "示例镇人民政府", "https://beian.miit.gov.cn/", "示公网安备00000002号"])
    assert.ok(home.includes(words), words);
});

test("only the system administrator changes what the town says of itself, and every change is an event", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const events = async () =>
    (await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).where("verb", "=", "town.changed").execute())
      .length;
  for (const by of [cast.qianWen, cast.wuAn, cast.shenJi])
    assert.equal((await door.post("/office/people/town", PARTICULARS, await door.cookieOf(by))).status, 403, by.name);
  const cookie = await door.cookieOf(cast.zhouXi);
  for (const phone of ["打我电话", "12", "1234567890123456"]) {
    const back = await door.post("/office/people/town", { ...PARTICULARS, phone }, cookie);
    const page = await back.text();
    assert.equal(back.status, 422, phone);
    assert.ok(page.includes('href="#f-phone"') && page.includes(`value="${phone}"`), phone);
  }
  assert.equal(await events(), 0);
  assert.equal((await door.post("/office/people/town", { ...PARTICULARS, nameZh: "新示例镇", phone: "12345" }, cookie)).status, 303);
  assert.equal(await events(), 1);
  const page = textOf(await (await door.get("/")).text());
  assert.ok(page.includes("新示例镇整改台账") && page.includes("12345"), "the names in memory follow at once");
});
