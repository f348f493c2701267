import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { hotp, stepOf } from "#standards/totp/totp";
import { Refusal } from "#refusals";
import { aTown, aTownBeside, PASSWORD, type ATown } from "#test/town";
import { changePassword } from "./change-password.ts";
import { enterCode } from "./enter-code.ts";
import { makeTemporary, temporaryPassword, whyNotPassword } from "./password.ts";
import { proposeTotp } from "./propose-totp.ts";
import { removeTotp } from "./remove-totp.ts";
import { resetPassword } from "./reset-password.ts";
import { beginSession, findSession } from "./session.ts";
import { setTotp } from "./set-totp.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const HERE = { address: "192.0.2.1", vouchers: [] };

async function eventsOf({ town }: Pick<ATown, "town">): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute()).map(
    ({ verb }) => verb,
  );
}

test("an officer signs in with login and password, in any case of letters, and the log says so", async (t) => {
  const { town, cast, at } = await aTown(t);
  const signed = await signIn(town, at, { login: "QianWen", password: PASSWORD, ...HERE });
  assert.ok(signed.ended === "begun" && signed.next === "open");
  assert.equal((await findSession(town, signed.token, at))?.officer.id, cast.qianWen.id);
  assert.deepEqual(await eventsOf({ town }), ["officer.signed-in"]);
});

test("a wrong password and an unknown login are answered alike, and nothing typed is kept", async (t) => {
  const { town, at } = await aTown(t);
  assert.deepEqual(await signIn(town, at, { login: "qianwen", password: "Secret-Word-1", ...HERE }), { ended: "wrong" });
  assert.deepEqual(await signIn(town, at, { login: "nobody-Secret", password: "Secret-Word-1", ...HERE }), { ended: "wrong" });
  assert.deepEqual(await eventsOf({ town }), ["officer.sign-in-failed", "officer.sign-in-failed"]);
  const written = JSON.stringify([
    await town.db.selectFrom("audit.event").selectAll().execute(),
    await town.db.selectFrom("audit.private_text").selectAll().execute(),
  ]);
  assert.ok(!written.includes("Secret"));
});

test("a session ends after fifteen idle minutes, and after eight hours however busy", async (t) => {
  const { town, cast, at } = await aTown(t);
  const idle = await beginSession(town, cast.qianWen.id, at, true);
  assert.ok((await findSession(town, idle, after(at, 15))) !== null);
  assert.equal(await findSession(town, idle, after(at, 31)), null);
  const busy = await beginSession(town, cast.qianWen.id, at, true);
  for (let minutes = 10; minutes <= 480; minutes += 10)
    assert.ok((await findSession(town, busy, after(at, minutes))) !== null, `${minutes} minutes`);
  assert.equal(await findSession(town, busy, after(at, 481)), null);
});

test("a session is good in its own town only, and its token is not in the database", async (t) => {
  const { town, cast, at } = await aTown(t);
  const other = await aTownBeside(town);
  const token = await beginSession(town, cast.qianWen.id, at, true);
  assert.equal(await findSession(other.town, token, at), null);
  assert.equal((await signIn(other.town, at, { login: "qianwen", password: PASSWORD, ...HERE })).ended, "wrong");
  assert.ok(!JSON.stringify(await town.db.selectFrom("people.session").selectAll().execute()).includes(token));
});

test("signing out ends that session and no other", async (t) => {
  const { town, cast, at } = await aTown(t);
  const [one, two] = [await beginSession(town, cast.qianWen.id, at, true), await beginSession(town, cast.qianWen.id, at, true)];
  await signOut(town, cast.qianWen, at, { token: one });
  assert.equal(await findSession(town, one, at), null);
  assert.ok((await findSession(town, two, at)) !== null);
  assert.deepEqual(await eventsOf({ town }), ["officer.signed-out"]);
});

test("a password has its length, three of four kinds, and not the login in it", () => {
  const bad = ["", "Ab1!", "abcdefghijk", "abcdefghijk1", "ABCDEFGHIJK1", "Qianwen-2026", `Aa1${"x".repeat(200)}`];
  for (const password of bad) assert.equal(whyNotPassword(password, "qianwen", 10), "password/weak", password);
  for (const password of ["Abcdefghi1", "abcdefgh1!", "西岭村的路灯Aa亮了2盏", "A1!A1!A1!A1!"])
    assert.equal(whyNotPassword(password, "qianwen", 10), null, password);
});

test("a temporary password always keeps the rules, whatever the length asked for", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 64 }), (length) =>
      assert.equal(whyNotPassword(temporaryPassword(length), "qianwen", length), null),
    ),
  );
});

test("a reset password is temporary: the sessions end, and a new one is asked for before anything else", async (t) => {
  const { town, cast, at } = await aTown(t);
  const before = await beginSession(town, cast.wuJie.id, at, true);
  await assert.rejects(
    resetPassword(town, cast.wuAn, at, { officer: cast.wuJie.id, version: null, hash: "none" }),
    refusal("officer/not-allowed"),
  );
  await assert.rejects(
    resetPassword(town, cast.zhouXi, at, { officer: cast.zhouXi.id, version: null, hash: "none" }),
    refusal("officer/self"),
  );
  const { password: temporary, hash } = await makeTemporary(12, cast.zhouXi.id);
  await resetPassword(town, cast.zhouXi, at, { officer: cast.wuJie.id, version: null, hash });
  assert.equal(await findSession(town, before, at), null);
  const signed = await signIn(town, at, { login: "wujie", password: temporary, ...HERE });
  assert.ok(signed.ended === "begun");
  assert.equal((await findSession(town, signed.token, at))?.next, "password");
  await changePassword(town, cast.wuJie, at, { present: temporary, chosen: "Xin-De-Mima-9", keeping: signed.token });
  assert.equal((await findSession(town, signed.token, at))?.next, "open");
});

test("none of the last five passwords is chosen again, the sixth last may be", async (t) => {
  const { town, cast, at } = await aTown(t);
  const change = (present: string, chosen: string) => changePassword(town, cast.wuJie, at, { present, chosen, keeping: "" });
  const names = ["Mima-Yi-1111", "Mima-Er-2222", "Mima-San-333", "Mima-Si-4444"];
  let present = PASSWORD;
  for (const chosen of names) {
    await change(present, chosen);
    present = chosen;
  }
  for (const used of [PASSWORD, ...names]) await assert.rejects(change(present, used), refusal("password/reused"), used);
  await change(present, "Mima-Wu-5555");
  await change("Mima-Wu-5555", PASSWORD);
});

test("a new password needs the present one, keeps the rules, and ends the officer's other sessions", async (t) => {
  const { town, cast, at } = await aTown(t);
  const [mine, other] = [await beginSession(town, cast.wuJie.id, at, true), await beginSession(town, cast.wuJie.id, at, true)];
  const wrong = await changePassword(town, cast.wuJie, at, { present: "wrong", chosen: "Xin-De-Mima-9", keeping: mine });
  assert.deepEqual(wrong, { ended: "wrong" });
  await assert.rejects(
    changePassword(town, cast.wuJie, at, { present: PASSWORD, chosen: "short", keeping: mine }),
    refusal("password/weak"),
  );
  assert.deepEqual(await eventsOf({ town }), ["officer.sign-in-failed"]);
  await changePassword(town, cast.wuJie, at, { present: PASSWORD, chosen: "Xin-De-Mima-9", keeping: mine });
  assert.ok((await findSession(town, mine, at)) !== null);
  assert.equal(await findSession(town, other, at), null);
});

test("a password older than the town allows must be changed; zero days means it does not age", async (t) => {
  const { town, cast, at } = await aTown(t);
  const later = after(at, 100 * 24 * 60);
  const token = await beginSession(town, cast.qianWen.id, later, true);
  assert.equal((await findSession(town, token, later))?.next, "password");
  await town.db.updateTable("rules.policy").set({ password_days: 0 }).execute();
  assert.equal((await findSession(town, token, later))?.next, "open");
});

async function withCode(a: ATown) {
  const proposed = await proposeTotp(a.town, a.cast.qianWen, a.at, { issuer: "示例镇" });
  assert.ok(proposed !== null);
  const secret = fromBase32(proposed.key);
  await setTotp(a.town, a.cast.qianWen, a.at, { code: hotp(secret, stepOf(a.at)) });
  return secret;
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

test("with the second step on, the password alone opens nothing, and a code is good once", async (t) => {
  const a = await aTown(t);
  const { town, cast } = a;
  const secret = await withCode(a);
  const at = after(a.at, 10);
  const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(signed.ended === "begun" && signed.next === "code");
  assert.equal((await findSession(town, signed.token, at))?.next, "code");
  assert.deepEqual(await enterCode(town, cast.qianWen, at, { code: "000000", token: signed.token }), { ended: "wrong" });
  const code = hotp(secret, stepOf(at));
  assert.deepEqual(await enterCode(town, cast.qianWen, at, { code, token: signed.token }), { ended: "open" });
  assert.equal((await findSession(town, signed.token, at))?.next, "open");
  const again = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(again.ended === "begun");
  assert.deepEqual(await enterCode(town, cast.qianWen, at, { code, token: again.token }), { ended: "wrong" });
});

test("five wrong codes lock the second step, and the right password does not forgive them", async (t) => {
  const a = await aTown(t);
  const { town, cast } = a;
  const secret = await withCode(a);
  const at = after(a.at, 10);
  for (let i = 0; i < 5; i += 1) {
    const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
    assert.ok(signed.ended === "begun");
    assert.equal((await enterCode(town, cast.qianWen, at, { code: "000000", token: signed.token })).ended, "wrong");
  }
  const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(signed.ended === "begun");
  assert.equal((await enterCode(town, cast.qianWen, at, { code: hotp(secret, stepOf(at)), token: signed.token })).ended, "locked");
});

test("the second step goes on only with a right code and off only with the password; a reset takes it off", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  await proposeTotp(town, cast.qianWen, at, { issuer: "示例镇" });
  await assert.rejects(setTotp(town, cast.qianWen, at, { code: "000000" }), refusal("sign-in/code-wrong"));
  assert.equal((await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE })).ended, "begun");
  await withCode(a);
  assert.equal(await proposeTotp(town, cast.qianWen, at, { issuer: "示例镇" }), null);
  assert.deepEqual(await removeTotp(town, cast.qianWen, at, { present: "wrong" }), { ended: "wrong" });
  await removeTotp(town, cast.qianWen, at, { present: PASSWORD });
  await withCode(a);
  const { password: temporary, hash } = await makeTemporary(12, cast.zhouXi.id);
  await resetPassword(town, cast.zhouXi, at, { officer: cast.qianWen.id, version: null, hash });
  const signed = await signIn(town, at, { login: "qianwen", password: temporary, ...HERE });
  assert.ok(signed.ended === "begun" && signed.next === "open");
});
