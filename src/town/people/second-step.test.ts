import assert from "node:assert/strict";
import { test } from "node:test";
import { hotp, stepOf } from "#standards/totp/totp";
import { Refusal } from "#refusals";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { enterCode } from "./enter-code.ts";
import { makeTemporary } from "./password.ts";
import { proposeTotp } from "./propose-totp.ts";
import { removeTotp } from "./remove-totp.ts";
import { resetPassword } from "./reset-password.ts";
import { findSession } from "./session.ts";
import { setTotp } from "./set-totp.ts";
import { signIn } from "./sign-in.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const HERE = { address: "192.0.2.1", userAgent: "", vouchers: [] };

async function withCode(a: ATown) {
  const proposed = await proposeTotp(a.town, accountOf(a.cast.qianWen), a.at, { issuer: "示例镇" });
  assert.ok(proposed !== null);
  const secret = fromBase32(proposed.key);
  await setTotp(a.town, accountOf(a.cast.qianWen), a.at, { code: hotp(secret, stepOf(a.at)) });
  return secret;
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

test("two tabs that open the second step at once show one secret", async (t) => {
  const { town, cast, at } = await aTown(t);
  for (const officer of Object.values(cast)) {
    const tabs = await Promise.all(Array.from({ length: 4 }, () => proposeTotp(town, accountOf(officer), at, { issuer: "示例镇" })));
    assert.equal(new Set(tabs.map((proposed) => proposed?.key)).size, 1);
  }
});

test("with the second step on, the password alone opens nothing, and a code is good once", async (t) => {
  const a = await aTown(t);
  const { town, cast } = a;
  const secret = await withCode(a);
  const at = after(a.at, 10);
  const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(signed.ended === "begun" && signed.next === "code");
  assert.equal((await findSession(town, signed.token, at))?.next, "code");
  assert.deepEqual(await enterCode(town, accountOf(cast.qianWen), at, { code: "000000", token: signed.token }), { ended: "wrong" });
  const code = hotp(secret, stepOf(at));
  assert.deepEqual(await enterCode(town, accountOf(cast.qianWen), at, { code, token: signed.token }), { ended: "open" });
  assert.equal((await findSession(town, signed.token, at))?.next, "open");
  const again = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(again.ended === "begun");
  assert.deepEqual(await enterCode(town, accountOf(cast.qianWen), at, { code, token: again.token }), { ended: "wrong" });
});

test("five wrong codes lock the second step, and the right password does not forgive them", async (t) => {
  const a = await aTown(t);
  const { town, cast } = a;
  const secret = await withCode(a);
  const at = after(a.at, 10);
  for (let i = 0; i < 5; i += 1) {
    const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
    assert.ok(signed.ended === "begun");
    assert.equal((await enterCode(town, accountOf(cast.qianWen), at, { code: "000000", token: signed.token })).ended, "wrong");
  }
  const signed = await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(signed.ended === "begun");
  assert.equal(
    (await enterCode(town, accountOf(cast.qianWen), at, { code: hotp(secret, stepOf(at)), token: signed.token })).ended,
    "locked",
  );
});

test("the second step goes on only with a right code and off only with the password; a reset takes it off", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" });
  await assert.rejects(setTotp(town, accountOf(cast.qianWen), at, { code: "000000" }), refusal("sign-in/code-wrong"));
  assert.equal((await signIn(town, at, { login: "qianwen", password: PASSWORD, ...HERE })).ended, "begun");
  await withCode(a);
  assert.equal(await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" }), null);
  assert.deepEqual(await removeTotp(town, accountOf(cast.qianWen), at, { present: "wrong" }), { ended: "wrong" });
  await removeTotp(town, accountOf(cast.qianWen), at, { present: PASSWORD });
  await withCode(a);
  const { password: temporary, hash } = await makeTemporary(12, cast.zhouXi.id);
  await resetPassword(town, null, at, { officer: cast.qianWen.id, version: null, hash });
  const signed = await signIn(town, at, { login: "qianwen", password: temporary, ...HERE });
  assert.ok(signed.ended === "begun" && signed.next === "open");
});
