import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { aDoor, cookiesOf, textOf } from "#test/door";
import { aPlaceWithoutTowns } from "#test/empty-place";
import { AT } from "#test/town";
import { assertValid } from "#test/valid-page";

const TOKEN = "the-one-time-token";

async function aDoorWithoutTowns(t: TestContext) {
  return aDoor({ town: await aPlaceWithoutTowns(t), at: AT }, { isSetUpToken: (token) => token === TOKEN });
}

const TYPED = {
  nameZh: "示例镇",
  nameEn: "Shili",
  prefix: "sl",
  unit: "党政办",
  system_admin_name: "周系",
  system_admin_login: "zhouxi",
  security_admin_name: "武安",
  security_admin_login: "wuan",
  auditor_name: "沈计",
  auditor_login: "shenji",
  office_name: "钱文",
  office_login: "qianwen",
};

test("before any town exists every page leads to set-up, and set-up opens only with the printed link", async (t) => {
  const door = await aDoorWithoutTowns(t);
  assert.equal((await door.get("/ledger")).headers.get("location"), "/set-up");
  for (const path of ["/set-up", "/set-up?token=guess"]) {
    const page = await door.get(path);
    assert.equal(page.status, 403);
    assert.ok(!(await page.text()).includes("<form"));
  }
  assert.equal((await door.post("/set-up?token=guess", TYPED)).status, 403);
  assert.equal((await door.get("/ledger")).headers.get("location"), "/set-up");
  assert.ok((await (await door.get(`/set-up?token=${TOKEN}`)).text()).includes('name="auditor_login"'));
});

test("set-up names the town and its first officers, shows their passwords once, and closes", async (t) => {
  const door = await aDoorWithoutTowns(t);
  const done = await door.post(`/set-up?token=${TOKEN}`, TYPED);
  assert.equal(done.status, 200);
  const text = textOf(await done.text());
  const password = /登录名 qianwen 临时密码 (\S+)/.exec(text)?.[1] ?? "";
  assert.match(password, /^\w{4}-\w{4}-\w{4}$/);
  for (const again of [await door.get(`/set-up?token=${TOKEN}`), await door.post(`/set-up?token=${TOKEN}`, TYPED)]) {
    const page = await again.text();
    assert.equal(again.status, 410);
    assert.ok(textOf(page).includes("已经设置过了，请登录") && page.includes('href="/office/sign-in"'));
    await assertValid(page, "/set-up");
  }
  const signed = await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: password });
  assert.equal(signed.headers.get("location"), "/office/password?to=%2Foffice");
  const cookie = cookiesOf(signed);
  assert.equal((await door.get("/office", cookie)).headers.get("location"), "/office/password?to=%2Foffice");
  const chosen = await door.post(
    "/office/password?to=%2Foffice",
    { sign_in_present: password, sign_in_chosen: "Xin-De-Mima-9", sign_in_again: "Xin-De-Mima-9" },
    cookie,
  );
  assert.equal(chosen.headers.get("location"), "/office");
  assert.equal((await door.get("/office", cookie)).status, 200);
});

test("what is wrong is said beside the field, what was typed is kept, and nothing is written", async (t) => {
  const door = await aDoorWithoutTowns(t);
  const wrong = [
    [{ prefix: "1" }, "f-prefix"],
    [{ nameZh: "" }, "f-nameZh"],
    [{ auditor_login: "zhouxi" }, "f-auditor_login"],
    [{ auditor_name: "周系" }, "f-auditor_login"],
    [{ office_login: "钱 文" }, "f-office_login"],
    [{ unit: "坏\u0000字" }, "f-unit"],
  ] as const;
  for (const [typed, field] of wrong) {
    const back = await door.post(`/set-up?token=${TOKEN}`, { ...TYPED, ...typed });
    const page = await back.text();
    assert.equal(back.status, 422, JSON.stringify(typed));
    assert.ok(page.includes(`href="#${field}"`), JSON.stringify(typed));
    assert.ok(page.includes('value="wuan"'));
  }
  assert.equal((await door.get("/ledger")).headers.get("location"), "/set-up");
});

test("an empty form says of each field by its name what to do, above the form and beside it", async (t) => {
  const door = await aDoorWithoutTowns(t);
  const empty = Object.fromEntries(Object.keys(TYPED).map((name) => [name, ""]));
  const back = await door.post(`/set-up?token=${TOKEN}`, empty);
  const page = await back.text();
  assert.equal(back.status, 422);
  assert.match(page, /<a href="#f-nameZh">请填写镇名<\/a>/);
  assert.match(page, /<div class="fault" id="e-nameZh">请填写镇名<\/div>/);
  assert.match(page, /<a href="#f-auditor_name">请填写审计员姓名<\/a>/);
  assert.match(page, /<a href="#f-auditor_login">审计员登录名：只能用小写字母/);
  assert.ok(!page.includes("请填写这一项"));
  const english = await door.ask(`/set-up?token=${TOKEN}`, {
    method: "POST",
    body: new URLSearchParams(empty),
    headers: { "accept-language": "en", origin: door.program.origin.origin },
  });
  assert.match(await english.text(), /<a href="#f-nameZh">Please fill in “[^”]+”<\/a>/);
});

test("set-up reads in English too", async (t) => {
  const door = await aDoorWithoutTowns(t);
  const page = await door.ask(`/set-up?token=${TOKEN}`, { headers: { "accept-language": "en" } });
  const text = await page.text();
  assert.ok(textOf(text).includes("Getting started"));
  await assertValid(text, "/set-up");
});

test("whoever wants to look around first gets the demo town, with its officers on the sign-in page", async (t) => {
  const door = await aDoorWithoutTowns(t);
  assert.equal((await door.post("/set-up/demo?token=guess", {})).status, 403);
  assert.equal((await door.post(`/set-up/demo?token=${TOKEN}`, {})).headers.get("location"), "/");
  const page = await (await door.get("/office/sign-in")).text();
  const login = /name="sign_in_login" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const signed = await door.post("/office/sign-in", { sign_in_login: login, sign_in_password: "Sanwen-2026" });
  assert.equal(signed.headers.get("location"), "/office", "nobody in a demo must change a password first");
  assert.equal((await door.get("/office", cookiesOf(signed))).status, 200);
});
