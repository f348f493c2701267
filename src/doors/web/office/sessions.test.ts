import assert from "node:assert/strict";
import { test } from "node:test";
import { aSession } from "#test/session";
import { actionOf, fieldsOf, minutesLater } from "#test/sign-in";
import { aTown, aTownBeside, PASSWORD } from "#test/town";
import { aDoor, cookiesOf, textOf } from "#test/door";
import { assertValid } from "#test/valid-page";

test("an idle session ends after fifteen minutesLater, a busy one after eight hours", async (t) => {
  const { town, cast, at, ...a } = await aTown(t);
  const door = aDoor({ town, at, ...a });
  const idle = await door.cookieOf(cast.zhouXi);
  minutesLater(door, 14);
  assert.equal((await door.get("/office/people", idle)).status, 200);
  minutesLater(door, 16);
  assert.equal((await door.get("/office/people", idle)).status, 303);
  const busy = await door.cookieOf(cast.zhouXi);
  for (let i = 0; i < 48; i += 1) {
    minutesLater(door, 10);
    assert.equal((await door.get("/office/people", busy)).status, 200, `${(i + 1) * 10} minutesLater`);
  }
  minutesLater(door, 1);
  assert.equal((await door.get("/office/people", busy)).status, 303);
});

test("a session that ends mid-form keeps what was typed, and after signing in the very form goes on, once", async (t) => {
  const { town, cast, units, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const form = {
    form_key: "0198c2c4-0000-7000-8000-000000000001",
    nameZh: '清运"队" <二>',
    nameEn: "Haulage & Co",
    kind: "contractor",
    parent: units.sanitation,
  };
  const cookie = await door.cookieOf(cast.qianWen);
  minutesLater(door, 30);
  const asked = await door.post("/office/people/units", form, cookie);
  const page = await asked.text();
  assert.equal(asked.status, 401);
  assert.ok(textOf(page).includes("您填写的内容都在"));
  assert.deepEqual(fieldsOf(page), form);
  const wrong = await door.post(actionOf(page), { ...fieldsOf(page), sign_in_login: "qianwen", sign_in_password: "Wrong-Word-1" });
  const again = await wrong.text();
  assert.deepEqual(fieldsOf(again), form, "a wrong password loses nothing");
  const sent = { ...fieldsOf(again), sign_in_login: "qianwen", sign_in_password: PASSWORD };
  const signed = await door.post(actionOf(again), sent);
  assert.equal(signed.status, 307);
  const to = signed.headers.get("location") ?? "";
  assert.equal(to, "/office/people/units");
  const done = await door.post(to, sent, cookiesOf(signed));
  assert.equal(done.headers.get("location"), "/office/people/units?done=added");
  await door.post(to, sent, cookiesOf(signed));
  const kept = await town.db
    .selectFrom("people.unit")
    .select("name_zh")
    .where("town", "=", town.id)
    .where("parent", "=", units.sanitation)
    .execute();
  assert.deepEqual(kept, [{ name_zh: '清运"队" <二>' }]);
});

test("photos cannot stand in a page: they are asked for again, the words are not", async (t) => {
  const door = aDoor(await aTown(t));
  const form = new FormData();
  form.append("note", "清运完毕");
  form.append("photos", new File([new Uint8Array(3)], "a.jpg", { type: "image/jpeg" }));
  const page = await (
    await door.ask("/office/ledger/SL-2026-0001/add-evidence", { method: "POST", body: form, headers: { origin: "http://localhost:3000" } })
  ).text();
  assert.ok(page.includes('type="file"') && page.includes('name="photos"') && page.includes("multipart/form-data"));
  assert.deepEqual(fieldsOf(page), { note: "清运完毕" });
  await assertValid(page, "sign-in with a form kept");
});

test("a form too large to stand in a page is not kept, and the page says so", async (t) => {
  const door = aDoor(await aTown(t));
  const page = await (await door.post("/office/people/units", { nameZh: "长".repeat(500_000) })).text();
  assert.ok(textOf(page).includes("太大") && page.length < 20_000);
});

test("signing out ends the session, and the cookie opens nothing any more", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.qianWen);
  const out = await door.post("/office/sign-out", {}, cookie);
  assert.match(out.headers.getSetCookie().join(), /session=; Max-Age=0/);
  assert.equal((await door.get("/office", cookie)).status, 303);
});

test("a session of another town opens nothing here, and a cookie that is no token is not looked up", async (t) => {
  const { town, ...a } = await aTown(t);
  const other = await aTownBeside(town);
  const door = aDoor({ town, ...a });
  const token = await aSession(other.town, other.cast.qianWen, a.at);
  assert.equal((await door.get("/office", `session=${token}`)).status, 303);
  assert.equal((await door.get("/office", "session=' or 1=1 --")).status, 303);
});

test("an officer finds their sessions and devices under 我的账号, ends one, and forgets a device", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const firefox = {
    "user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
    origin: door.program.origin.origin,
  };
  const body = new URLSearchParams({ sign_in_login: "qianwen", sign_in_password: PASSWORD });
  const elsewhere = cookiesOf(await door.ask("/office/sign-in", { method: "POST", body, headers: firefox }));
  const here = await door.cookieOf(cast.qianWen);
  for (const lang of ["zh", "en"]) {
    const page = await (await door.get("/office/profile", `${here}; lang=${lang}`)).text();
    await assertValid(page, lang);
    const read = textOf(page);
    assert.match(read, lang === "zh" ? /火狐 · Windows[^]*来自 / : /Firefox · Windows[^]*from /);
    assert.equal(read.split(lang === "zh" ? "这一处" : "this one").length, 2, "one of them is this one");
  }
  const page = await (await door.get("/office/profile", here)).text();
  const [, forget = ""] = /action="(\/office\/profile\/devices\/[^"]*)"/.exec(page) ?? [];
  assert.equal((await door.post(forget, {}, here)).status, 303);
  assert.equal((await door.post(forget, {}, here)).status, 409, "forgotten already");
  const ends = [...page.matchAll(/action="(\/office\/profile\/sessions\/[0-9a-f-]{36}\/end)"/g)].map(([, action = ""]) => action);
  assert.equal(ends.length, 1, "the one that is read from is ended by signing out");
  assert.equal((await door.get("/office", elsewhere)).status, 200);
  assert.equal((await door.post(ends[0] ?? "", {}, here)).status, 303);
  assert.equal((await door.get("/office", elsewhere)).status, 303, "it opens nothing any more");
  assert.equal((await door.post("/office/profile/sessions/none/end", {}, here)).status, 404);
  await door.cookieOf(cast.qianWen);
  assert.equal((await door.post("/office/profile/sessions/others/end", {}, here)).status, 303);
  assert.match(textOf(await (await door.get("/office/profile", here)).text()), /没有在别处登录/);
});

test("administrators read how many sessions an officer has, not whence, and end them; others find no such page", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const theirs = await door.cookieOf(cast.qianWen);
  const page = `/office/people/${cast.qianWen.id}`;
  for (const admin of [cast.zhouXi, cast.wuAn]) {
    const read = await (await door.get(page, await door.cookieOf(admin))).text();
    await assertValid(read, admin.name);
    assert.match(textOf(read), /现在有 1 处登录/);
    assert.ok(!read.includes("192.0.2.1"));
  }
  assert.equal((await door.post(`${page}/sessions/end`, {}, await door.cookieOf(cast.shenJi))).status, 403);
  const ended = await door.post(`${page}/sessions/end`, {}, await door.cookieOf(cast.wuAn));
  assert.equal(ended.headers.get("location"), `${page}?done=sessionsEnded`);
  assert.equal((await door.get("/office", theirs)).status, 303);
});
