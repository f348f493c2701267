import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { Refusal } from "#refusals";
import { aSession } from "#test/session";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { changePassword } from "./change-password.ts";
import { makeTemporary, temporaryPassword, whyNotPassword } from "./password.ts";
import { resetPassword } from "./reset-password.ts";
import { findSession } from "./session.ts";
import { signIn } from "./sign-in.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const HERE = { address: "192.0.2.1", userAgent: "", vouchers: [] };

async function eventsOf({ town }: Pick<ATown, "town">): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute()).map(
    ({ verb }) => verb,
  );
}

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
  const before = await aSession(town, cast.wuJie, at);
  const { password: temporary, hash } = await makeTemporary(12, cast.zhouXi.id);
  await resetPassword(town, null, at, { officer: cast.wuJie.id, version: null, hash });
  assert.equal(await findSession(town, before, at), null);
  const signed = await signIn(town, at, { login: "wujie", password: temporary, ...HERE });
  assert.ok(signed.ended === "begun");
  assert.equal((await findSession(town, signed.token, at))?.next, "password");
  await changePassword(town, accountOf(cast.wuJie), at, { present: temporary, chosen: "Xin-De-Mima-9", keeping: signed.token });
  assert.equal((await findSession(town, signed.token, at))?.next, "open");
});

test("none of the last five passwords is chosen again, the sixth last may be", async (t) => {
  const { town, cast, at } = await aTown(t);
  const change = (present: string, chosen: string) => changePassword(town, accountOf(cast.wuJie), at, { present, chosen, keeping: "" });
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
  const [mine, other] = [await aSession(town, cast.wuJie, at), await aSession(town, cast.wuJie, at)];
  const wrong = await changePassword(town, accountOf(cast.wuJie), at, { present: "wrong", chosen: "Xin-De-Mima-9", keeping: mine });
  assert.deepEqual(wrong, { ended: "wrong" });
  await assert.rejects(
    changePassword(town, accountOf(cast.wuJie), at, { present: PASSWORD, chosen: "short", keeping: mine }),
    refusal("password/weak"),
  );
  assert.deepEqual(await eventsOf({ town }), ["officer.sign-in-failed"]);
  await changePassword(town, accountOf(cast.wuJie), at, { present: PASSWORD, chosen: "Xin-De-Mima-9", keeping: mine });
  assert.ok((await findSession(town, mine, at)) !== null);
  assert.equal(await findSession(town, other, at), null);
});

test("a password older than the town allows must be changed; zero days means it does not age", async (t) => {
  const { town, cast, at } = await aTown(t);
  const later = after(at, 100 * 24 * 60);
  const token = await aSession(town, cast.qianWen, later);
  assert.equal((await findSession(town, token, later))?.next, "password");
  await town.db.updateTable("people.policy").set({ password_days: 0 }).execute();
  assert.equal((await findSession(town, token, later))?.next, "open");
});
