import assert from "node:assert/strict";
import { test } from "node:test";
import { beginSession } from "#people/session";
import { hotp, stepOf } from "#standards/totp/totp";
import { aTown, aTownBeside, PASSWORD, type ATown } from "#test/town";
import { aDoor, cookiesOf, textOf, type ADoor } from "#test/door";
import { assertValid } from "#test/valid-page";

const minutes = (door: ADoor, count: number) => {
  door.clock.at = new Date(door.clock.at.getTime() + count * 60_000);
};
const enter = (door: ADoor, to = "", password = PASSWORD, login = "qianwen") =>
  door.post(`/office/sign-in${to}`, { sign_in_login: login, sign_in_password: password });

/** The fields of a page's first form that has a password, as a browser would send them. */
function fieldsOf(page: string): Record<string, string> {
  const form =
    page
      .split("<form")
      .slice(1)
      .find((part) => part.includes("sign_in_")) ?? "";
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\s*\/?>/g)];
  return Object.fromEntries(
    hidden.map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'"),
    ]),
  );
}

function actionOf(page: string): string {
  const form =
    page
      .split("<form")
      .slice(1)
      .find((part) => part.includes("sign_in_")) ?? "";
  return (/action="([^"]*)"/.exec(form)?.[1] ?? "").replaceAll("&amp;", "&");
}

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
  assert.match(await none.text(), /请填写这一项/);
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
  minutes(door, 15);
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

test("an idle session ends after fifteen minutes, a busy one after eight hours", async (t) => {
  const { town, cast, at, ...a } = await aTown(t);
  const door = aDoor({ town, at, ...a });
  const idle = await door.cookieOf(cast.zhouXi);
  minutes(door, 14);
  assert.equal((await door.get("/office/people", idle)).status, 200);
  minutes(door, 16);
  assert.equal((await door.get("/office/people", idle)).status, 303);
  const busy = await door.cookieOf(cast.zhouXi);
  for (let i = 0; i < 48; i += 1) {
    minutes(door, 10);
    assert.equal((await door.get("/office/people", busy)).status, 200, `${(i + 1) * 10} minutes`);
  }
  minutes(door, 1);
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
  minutes(door, 30);
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

async function withCode({ town, cast, at }: ATown, door: ADoor) {
  const cookie = await door.cookieOf(cast.qianWen);
  const page = await (await door.post("/office/profile/second-step", {}, cookie)).text();
  const key = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? "").replaceAll(" ", "");
  const bits = Array.from(key, (char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  assert.equal((await door.post("/office/profile/second-step/on", { code: "000000" }, cookie)).status, 422);
  assert.equal((await door.post("/office/profile/second-step/on", { code: hotp(secret, stepOf(at)) }, cookie)).status, 303);
  assert.equal((await town.db.selectFrom("people.totp").selectAll().execute()).length, 1);
  return { secret, cookie };
}

test("with the second step on, the password leads to the code, and the form that was being sent goes all the way with it", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const { secret } = await withCode(a, door);
  minutes(door, 60);
  const form = { form_key: "0198c2c4-0000-7000-8000-000000000002", nameZh: "南坪村", nameEn: "Nanping", code: "", lon: "", lat: "" };
  const first = { ...form, sign_in_login: "qianwen", sign_in_password: PASSWORD };
  const signed = await door.post("/office/sign-in?to=%2Foffice%2Fpeople%2Fvillages&send=1", first);
  assert.equal(signed.status, 307);
  assert.equal(signed.headers.get("location"), "/office/second-step?to=%2Foffice%2Fpeople%2Fvillages&send=1");
  const cookie = cookiesOf(signed);
  assert.equal(
    (await door.get("/office", cookie)).headers.get("location"),
    "/office/second-step?to=%2Foffice",
    "the password alone opens nothing",
  );
  const page = await (await door.post(signed.headers.get("location") ?? "", first, cookie)).text();
  assert.deepEqual(fieldsOf(page), form);
  assert.equal((await door.post(actionOf(page), { ...form, sign_in_code: "000000" }, cookie)).status, 401);
  const code = { ...form, sign_in_code: hotp(secret, stepOf(door.clock.at)) };
  const open = await door.post(actionOf(page), code, cookie);
  assert.equal(open.status, 307);
  assert.equal(
    (await door.post(open.headers.get("location") ?? "", code, cookie)).headers.get("location"),
    "/office/people/villages?done=added",
  );
});

test("what cannot be a code is said beside its field and is no try, so a slip of the finger locks nobody out", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const { secret } = await withCode(a, door);
  minutes(door, 60);
  const cookie = cookiesOf(await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: PASSWORD }));
  for (const typed of ["12345", "1234567", "路灯不亮", "٠١٢٣٤٥", "12345a"]) {
    const back = await door.post("/office/second-step", { sign_in_code: typed }, cookie);
    assert.equal(back.status, 422, typed);
    assert.ok(textOf(await back.text()).includes("验证码是 6 位数字"), typed);
  }
  const code = hotp(secret, stepOf(door.clock.at));
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  assert.equal((await door.post("/office/second-step", { sign_in_code: spaced }, cookie)).headers.get("location"), "/office");
});

test("the second step is turned off with the password only", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const { cookie } = await withCode(a, door);
  assert.equal((await door.post("/office/profile/second-step/off", { present: "wrong" }, cookie)).status, 422);
  assert.equal((await door.post("/office/profile/second-step/off", { present: PASSWORD }, cookie)).status, 303);
  assert.ok(textOf(await (await door.get("/office/profile", cookie)).text()).includes("还没有开启"));
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
  const token = await beginSession(other.town, other.cast.qianWen.id, a.at, true);
  assert.equal((await door.get("/office", `session=${token}`)).status, 303);
  assert.equal((await door.get("/office", "session=' or 1=1 --")).status, 303);
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
