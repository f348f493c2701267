import assert from "node:assert/strict";
import { test } from "node:test";
import { hotp, stepOf } from "#standards/totp/totp";
import { actionOf, fieldsOf, minutesLater } from "#test/sign-in";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { aDoor, cookiesOf, textOf, type ADoor } from "#test/door";

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
  minutesLater(door, 60);
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
  minutesLater(door, 60);
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

test("recovery codes are shown once, printable, and one of them stands in for the phone at sign-in", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const { cookie } = await withCode(a, door);
  const account = async () => textOf(await (await door.get("/office/profile", cookie)).text());
  assert.match(await account(), /还没有恢复码/);
  const wrong = await door.post("/office/profile/recovery-codes", { present: "wrong" }, cookie);
  assert.equal(wrong.status, 422);
  assert.ok(!/<code>/.test(await wrong.text()));
  const made = await door.post("/office/profile/recovery-codes", { present: PASSWORD }, cookie);
  assert.equal(made.headers.get("cache-control"), "no-store");
  const page = await made.text();
  await assertValid(page, "recovery codes");
  assert.ok(page.includes("<print-page"));
  const codes = [...page.matchAll(/<code>([\dA-Z]{5}-[\dA-Z]{5})<\/code>/g)].map(([, code = ""]) => code);
  assert.equal(codes.length, 10);
  assert.match(await account(), /还有 10 个没用过/);
  minutesLater(door, 60);
  const begun = cookiesOf(await door.post("/office/sign-in", { sign_in_login: "qianwen", sign_in_password: PASSWORD }));
  assert.ok(textOf(await (await door.get("/office/second-step", begun)).text()).includes("手机不在身边，就输入一个恢复码"));
  const open = await door.post("/office/second-step", { sign_in_code: codes[3] ?? "" }, begun);
  assert.equal(open.headers.get("location"), "/office");
  const later = textOf(await (await door.get("/office/profile", begun)).text());
  assert.match(later, /还有 9 个没用过/);
  assert.match(later, /用恢复码登录/);
});

test("the security administrator reads who has a second step and no recovery code", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const { cookie } = await withCode(a, door);
  const security = await door.cookieOf(a.cast.wuAn);
  const read = async (path: string) => textOf(await (await door.get(path, security)).text());
  const page = `/office/people/${a.cast.qianWen.id}`;
  assert.match(await read("/office"), /开了第二步验证、没有恢复码的人员 1 个/);
  assert.match(await read("/office/people?state=no-recovery"), /钱文 .* 开了，没有恢复码/);
  assert.match(await read(page), /开了 · 还没有恢复码/);
  await door.post("/office/profile/recovery-codes", { present: PASSWORD }, cookie);
  assert.match(await read("/office"), /开了第二步验证、没有恢复码的人员 没有/);
  assert.match(await read(page), /恢复码还有 10 个没用过/);
});
