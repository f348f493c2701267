import assert from "node:assert/strict";
import { test } from "node:test";
import { aSession } from "#test/session";
import { aTown, aTownBeside, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { findSession } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const HERE = { address: "192.0.2.1", userAgent: "", vouchers: [] };

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
  const idle = await aSession(town, cast.qianWen, at);
  assert.ok((await findSession(town, idle, after(at, 15))) !== null);
  assert.equal(await findSession(town, idle, after(at, 31)), null);
  const busy = await aSession(town, cast.qianWen, at);
  for (let minutes = 10; minutes <= 480; minutes += 10)
    assert.ok((await findSession(town, busy, after(at, minutes))) !== null, `${minutes} minutes`);
  assert.equal(await findSession(town, busy, after(at, 481)), null);
});

test("a session is good in its own town only, and its token is not in the database", async (t) => {
  const { town, cast, at } = await aTown(t);
  const other = await aTownBeside(town);
  const token = await aSession(town, cast.qianWen, at);
  assert.equal(await findSession(other.town, token, at), null);
  const namesake = await signIn(other.town, at, { login: "qianwen", password: PASSWORD, ...HERE });
  assert.ok(namesake.ended === "begun");
  assert.equal((await findSession(other.town, namesake.token, at))?.officer.id, other.cast.qianWen.id);
  assert.equal(await findSession(town, namesake.token, at), null, "whoever has the same login next door is somebody else");
  assert.ok(!JSON.stringify(await town.db.selectFrom("people.session").selectAll().execute()).includes(token));
});

test("signing out ends that session and no other", async (t) => {
  const { town, cast, at } = await aTown(t);
  const [one, two] = [await aSession(town, cast.qianWen, at), await aSession(town, cast.qianWen, at)];
  await signOut(town, accountOf(cast.qianWen), at, { token: one });
  assert.equal(await findSession(town, one, at), null);
  assert.ok((await findSession(town, two, at)) !== null);
  assert.deepEqual(await eventsOf({ town }), ["officer.signed-out"]);
});
