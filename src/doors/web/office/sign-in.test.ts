import assert from "node:assert/strict";
import { test } from "node:test";
import { enter, minutesLater } from "#test/sign-in";
import { aTown, PASSWORD } from "#test/town";
import { aDoor, cookiesOf, textOf } from "#test/door";
import { assertValid } from "#test/valid-page";

test("the office is closed to whoever has not signed in, and leads back to where they wanted to go", async (t) => {
  const door = aDoor(await aTown(t));
  const asked = await door.get("/office/people?x=1");
  assert.equal(asked.status, 303);
  assert.equal(asked.headers.get("location"), "/office/sign-in?to=%2Foffice%2Fpeople%3Fx%3D1");
  const signed = await enter(door, "?to=%2Foffice%2Fpeople%3Fx%3D1");
  assert.equal(signed.headers.get("location"), "/office/people?x=1");
  assert.equal((await door.get("/office", cookiesOf(signed))).status, 200);
});

test("a login is understood as it was copied, and one of nothing visible is missing and no try", async (t) => {
  const { town, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  for (const login of ["ＱｉａｎＷｅｎ", "\u202dqianwen\u202c", " qian\u200bwen "])
    assert.equal((await enter(door, "", PASSWORD, login)).headers.get("location"), "/office", login);
  const none = await enter(door, "", PASSWORD, "\u200b");
  assert.equal(none.status, 422);
  assert.match(await none.text(), /请填写登录名/);
  assert.deepEqual(await town.db.selectFrom("people.sign_in_gate").select("kind").execute(), []);
});

test("nobody is led out of the office by a link", async (t) => {
  const door = aDoor(await aTown(t));
  for (const to of [
    "//evil.example/office",
    "https://evil.example/office",
    "/\\evil.example",
    "/office/../ledger",
    "/ledger",
    "javascript:alert(1)",
    "/office/sign-out",
    "/officers",
  ])
    assert.equal((await enter(door, `?to=${encodeURIComponent(to)}`)).headers.get("location"), "/office", to);
});

test("the session cookie is HttpOnly and Lax, and Secure with the __Host- prefix under https", async (t) => {
  const a = await aTown(t);
  assert.match((await enter(aDoor(a))).headers.getSetCookie()[0] ?? "", /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const safe = aDoor(a, { origin: new URL("https://shili.example") });
  const [session, known] = (await enter(safe)).headers.getSetCookie();
  assert.match(session ?? "", /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  assert.match(known ?? "", /^known=[\w.-]+; Max-Age=15552000; Path=\/office; HttpOnly; Secure; SameSite=Lax$/);
});

test("a wrong password is said without saying which was wrong, the login stays typed, the password never comes back", async (t) => {
  const door = aDoor(await aTown(t));
  const back = await enter(door, "", "Wrong-Word-1");
  const page = await back.text();
  assert.equal(back.status, 401);
  assert.ok(page.includes("登录名或密码不对") && page.includes('value="qianwen"') && !page.includes("Wrong-Word-1"));
  assert.equal(cookiesOf(back), "");
});

test("five failures lock the login, and the page says when to try again", async (t) => {
  const door = aDoor(await aTown(t));
  for (let i = 0; i < 5; i += 1) await enter(door, "", "Wrong-Word-1");
  const locked = await enter(door);
  assert.equal(locked.status, 429);
  assert.equal(locked.headers.get("retry-after"), "900");
  assert.ok((await locked.text()).includes("请在 09:15 之后再试"));
  minutesLater(door, 15);
  assert.equal((await enter(door)).status, 303);
});

test("a browser that signed in before is not held up by others' failures, and a shared one knows everybody who uses it", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const shared = cookiesOf(await enter(door));
  const other = await door.post("/office/sign-in", { sign_in_login: "wujie", sign_in_password: PASSWORD }, shared);
  const known = cookiesOf(other);
  for (let i = 0; i < 5; i += 1) await enter(door, "", "Wrong-Word-1");
  assert.equal((await enter(door)).status, 429);
  const again = await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: PASSWORD }, known);
  assert.equal(again.status, 303);
});

test("the security administrator sees until when a sign-in is locked, and unlocks it", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(a.cast.wuAn);
  const page = `/office/people/${a.cast.qianWen.id}`;
  assert.ok(textOf(await (await door.get(page, cookie)).text()).includes("没有被锁定"));
  for (let i = 0; i < 5; i += 1) await enter(door, "", "Wrong-Word-1");
  const locked = await (await door.get(page, cookie)).text();
  assert.ok(textOf(locked).includes("登录已锁定到 09:15"));
  await assertValid(locked, "an officer who is locked out");
  assert.equal((await door.post(`${page}/unlock`, { version: "1" }, cookie)).headers.get("location"), `${page}?done=unlocked`);
  assert.equal((await enter(door)).status, 303);
});

test("a demo town lists its officers with the password, a real town never does", async (t) => {
  const { town, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const real = await (await door.get("/office/sign-in")).text();
  assert.ok(!real.includes("钱文") && !real.includes("Sanwen-2026"));
  await town.db.updateTable("people.town").set({ demo: true, directory_version: 900 }).execute();
  const listed = await (await door.get("/office/sign-in")).text();
  await assertValid(listed, "sign-in of a demo town");
  const demo = textOf(listed);
  assert.ok(demo.includes("钱文") && demo.includes("受理、督办") && demo.includes("Sanwen-2026"));
});

test("a password is changed with the present one, typed twice, by the rules", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.qianWen);
  const change = (present: string, chosen: string, again = chosen) =>
    door.post("/office/password", { sign_in_present: present, sign_in_chosen: chosen, sign_in_again: again }, cookie);
  const cases = [
    [await change("wrong", "Xin-De-Mima-9"), "f-sign_in_present"],
    [await change(PASSWORD, "short"), "f-sign_in_chosen"],
    [await change(PASSWORD, PASSWORD), "f-sign_in_chosen"],
    [await change(PASSWORD, "Xin-De-Mima-9", "Xin-De-Mima-8"), "f-sign_in_again"],
    [await change("", "Xin-De-Mima-9"), "f-sign_in_present"],
  ] as const;
  for (const [back, field] of cases) {
    assert.equal(back.status, 422, field);
    const page = await back.text();
    assert.ok(page.includes(`href="#${field}"`) && !page.includes("Mima"), field);
  }
  assert.equal((await change(PASSWORD, "Xin-De-Mima-9")).status, 303);
  assert.equal((await door.get("/office/profile", cookie)).status, 200);
});

test("a form sent from another site is refused", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.qianWen);
  const sent = await door.ask(
    "/office/sign-out",
    { method: "POST", body: new URLSearchParams({}), headers: { origin: "https://evil.example" } },
    cookie,
  );
  assert.equal(sent.status, 403);
  assert.equal((await door.get("/office/profile", cookie)).status, 200);
});
