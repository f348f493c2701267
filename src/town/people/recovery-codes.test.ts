import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "#refusals";
import { hotp, stepOf } from "#standards/totp/totp";
import { transact } from "#platform/town";
import { aSession } from "#test/session";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { EnterCode, enterCode } from "./enter-code.ts";
import { makeRecoveryCodes } from "./make-recovery-codes.ts";
import { makeTemporary } from "./password.ts";
import { proposeTotp } from "./propose-totp.ts";
import { codesLeft, showRecoveryCode } from "./recovery-code.ts";
import { removeTotp } from "./remove-totp.ts";
import { resetPassword } from "./reset-password.ts";
import { findSession } from "./session.ts";
import { setTotp } from "./set-totp.ts";
import { lockSecret } from "./totp.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

async function turnOn({ town, cast, at }: ATown): Promise<void> {
  await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" });
  const shared = await transact(town, (town) => lockSecret(town, cast.qianWen.id));
  await setTotp(town, accountOf(cast.qianWen), at, { code: hotp(shared?.secret ?? Buffer.alloc(0), stepOf(at)) });
}

async function codesOf({ town, cast, at }: ATown): Promise<readonly string[]> {
  const made = await makeRecoveryCodes(town, accountOf(cast.qianWen), at, { present: PASSWORD });
  return made.ended === "made" ? made.codes : assert.fail(made.ended);
}

/** How the second step of a new session ends with what was typed. */
async function enter({ town, cast, at }: ATown, typed: string): Promise<string> {
  const token = await aSession(town, cast.qianWen, at, false);
  const { ended } = await enterCode(town, accountOf(cast.qianWen), at, { ...EnterCode.parse({ code: typed }), token });
  assert.equal((await findSession(town, token, at))?.next, ended === "open" ? "open" : "code");
  return ended;
}

async function toldOf({ town }: ATown, verb: string): Promise<number> {
  return (await town.db.selectFrom("audit.event").select("id").where("verb", "=", verb).execute()).length;
}

test("ten recovery codes open the second step, each once, however they are typed", async (t) => {
  const a = await aTown(t);
  await turnOn(a);
  const codes = await codesOf(a);
  assert.equal(new Set(codes).size, 10);
  const [one = "", two = ""] = codes;
  assert.equal(await enter(a, ` ${showRecoveryCode(one).toLowerCase().replaceAll("0", "o").replaceAll("1", "l")} `), "open");
  assert.equal(await enter(a, one), "wrong");
  assert.equal(await enter(a, two), "open");
  assert.equal((await codesLeft(a.town, a.cast.qianWen.id)).left, 8);
  assert.equal(await toldOf(a, "officer.recovery-codes-made"), 1);
  assert.equal(await toldOf(a, "officer.recovery-code-used"), 2);
});

test("of two who send one recovery code at once, one gets in", async (t) => {
  const a = await aTown(t);
  await turnOn(a);
  const [code = ""] = await codesOf(a);
  assert.deepEqual((await Promise.all([enter(a, code), enter(a, code)])).sort(), ["open", "wrong"]);
});

test("new recovery codes are the end of the old, and a colleague's open nothing", async (t) => {
  const a = await aTown(t);
  await turnOn(a);
  const [old = ""] = await codesOf(a);
  const [fresh = ""] = await codesOf(a);
  assert.equal(await enter(a, old), "wrong");
  const token = await aSession(a.town, a.cast.wuJie, a.at, false);
  assert.deepEqual(await enterCode(a.town, accountOf(a.cast.wuJie), a.at, { code: fresh, token }), { ended: "wrong" });
  assert.equal(await enter(a, fresh), "open");
});

test("wrong recovery codes lock like wrong codes of the app, and a right one that comes too late is not used up", async (t) => {
  const a = await aTown(t);
  await turnOn(a);
  const [code = ""] = await codesOf(a);
  for (const typed of ["00000-00000", "000000", "00000-00000", "000000"]) assert.equal(await enter(a, typed), "wrong");
  assert.equal(await enter(a, "ZZZZZ-ZZZZZ"), "wrong");
  assert.equal(await enter(a, code), "locked");
  assert.equal((await codesLeft(a.town, a.cast.qianWen.id)).left, 10);
  assert.equal(await enter({ ...a, at: new Date(a.at.getTime() + 16 * 60_000) }, code), "open");
});

test("recovery codes are made with the present password, and only where the second step is on", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  await assert.rejects(makeRecoveryCodes(town, accountOf(cast.qianWen), at, { present: PASSWORD }), refusal("second-step/off"));
  await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" });
  await assert.rejects(makeRecoveryCodes(town, accountOf(cast.qianWen), at, { present: PASSWORD }), refusal("second-step/off"));
  await turnOn(a);
  assert.deepEqual(await makeRecoveryCodes(town, accountOf(cast.qianWen), at, { present: "wrong" }), { ended: "wrong" });
  assert.equal(await toldOf(a, "officer.recovery-codes-made"), 0);
});

test("with the second step its recovery codes go: turned off by the officer, or taken by a temporary password", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const officer = cast.qianWen.id;
  await turnOn(a);
  await codesOf(a);
  await removeTotp(town, accountOf(cast.qianWen), at, { present: PASSWORD });
  assert.deepEqual(await codesLeft(town, officer), { left: 0, madeAt: null });
  await turnOn(a);
  const codes = await codesOf(a);
  const { hash } = await makeTemporary(12, cast.zhouXi.id);
  await resetPassword(town, null, at, { officer, version: null, hash });
  assert.deepEqual(await codesLeft(town, officer), { left: 0, madeAt: null });
  await turnOn(a);
  assert.equal(await enter(a, codes[0] ?? ""), "wrong");
});

test("no recovery code stands in the database", async (t) => {
  const a = await aTown(t);
  await turnOn(a);
  const codes = await codesOf(a);
  const rows = await a.town.db.selectFrom("people.recovery_code").select("hash").execute();
  for (const { hash } of rows) for (const code of codes) assert.ok(!hash.toString("latin1").includes(code));
  assert.ok(rows.every(({ hash }) => hash.length === 32));
});
