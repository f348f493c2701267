import assert from "node:assert/strict";
import { test } from "node:test";
import { hotp, stepOf } from "#standards/totp/totp";
import { HOUR_MS } from "#platform/instant";
import { transact } from "#platform/town";
import { Refusal } from "#refusals";
import { aSession } from "#test/session";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { endAllSessions } from "./end-all-sessions.ts";
import { endOtherSessions } from "./end-other-sessions.ts";
import { endSession } from "./end-session.ts";
import { enterCode } from "./enter-code.ts";
import { forgetDevice } from "./forget-device.ts";
import { KNOWN_DAYS, knowDevice, knownDevice, listKnownDevices, sweepKnownDevices } from "./known-device.ts";
import { countSessions, listSessions } from "./list-sessions.ts";
import { proposeTotp } from "./propose-totp.ts";
import { findSession, sweepSessions } from "./session.ts";
import { setTotp } from "./set-totp.ts";
import { signIn } from "./sign-in.ts";
import { lockSecret } from "./totp.ts";
import { readUserAgent } from "./user-agent.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const WECHAT = "Mozilla/5.0 (Linux; Android 14; V2307A) Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49";

async function endedIn({ town }: Pick<ATown, "town">) {
  return town.db
    .selectFrom("audit.event")
    .select(["actor", "subject", "body"])
    .where("town", "=", town.id)
    .where("verb", "=", "officer.sessions-ended")
    .orderBy("id")
    .execute();
}

test("an officer sees where they are signed in, with what and from where, ends one of them, then all others", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const account = accountOf(cast.qianWen);
  const from = { login: "qianwen", password: PASSWORD, vouchers: [], address: "198.51.100.7", userAgent: WECHAT };
  const signed = await signIn(town, at, from);
  assert.ok(signed.ended === "begun");
  const [here, third] = [await aSession(town, cast.qianWen, at), await aSession(town, cast.qianWen, at)];
  await aSession(town, cast.wuJie, at);
  const listed = await listSessions(town, account, at);
  assert.equal(listed.length, 3, "nobody else's");
  const phone = listed.find(({ address }) => address === "198.51.100.7");
  assert.deepEqual([phone?.browser, phone?.system, phone?.isOpen], ["wechat", "android", true]);
  await endSession(town, account, at, { session: phone?.id ?? "" });
  assert.equal(await findSession(town, signed.token, at), null);
  await endOtherSessions(town, account, at, { keeping: here });
  assert.equal(await findSession(town, third, at), null);
  assert.equal((await findSession(town, here, at))?.next, "open");
  await endOtherSessions(town, account, at, { keeping: here });
  const told = await endedIn(a);
  assert.deepEqual(
    told.map(({ actor, subject }) => [actor, subject]),
    [
      [cast.qianWen.id, cast.qianWen.id],
      [cast.qianWen.id, cast.qianWen.id],
    ],
  );
  assert.ok(!JSON.stringify(told.map(({ body }) => body)).includes("198.51.100.7"), "an ending is told without address");
});

test("nobody ends a session of somebody else; of two who end one at once one does", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const token = await aSession(town, cast.qianWen, at);
  const session = (await findSession(town, token, at))?.id ?? "";
  await assert.rejects(endSession(town, accountOf(cast.wuJie), at, { session }), refusal("session/unknown"));
  assert.equal((await findSession(town, token, at))?.next, "open");
  const both = await Promise.allSettled([1, 2].map(() => endSession(town, accountOf(cast.qianWen), at, { session })));
  assert.equal(both.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal((await endedIn(a)).length, 1);
});

test("a session ended before its code was given is not opened by the code, and nobody is said to have got in", async (t) => {
  const { town, cast, at } = await aTown(t);
  const account = accountOf(cast.qianWen);
  await proposeTotp(town, account, at, { issuer: "示例镇" });
  const secret = (await transact(town, (town) => lockSecret(town, account.id)))?.secret ?? Buffer.alloc(0);
  await setTotp(town, account, at, { code: hotp(secret, stepOf(at)) });
  const later = new Date(at.getTime() + 60_000);
  const token = await aSession(town, cast.qianWen, later, false);
  const [waiting] = await listSessions(town, account, later);
  assert.equal(waiting?.isOpen, false);
  await endSession(town, account, later, { session: waiting.id });
  const code = hotp(secret, stepOf(later));
  await assert.rejects(enterCode(town, account, later, { code, token }), refusal("session/unknown"));
  const told = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "officer.signed-in").execute();
  assert.deepEqual(told, []);
});

test("an administrator sees how many sessions an officer has and ends them all; others may not", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const officer = cast.qianWen.id;
  const tokens = [await aSession(town, cast.qianWen, at), await aSession(town, cast.qianWen, at)];
  assert.equal(await countSessions(town, accountOf(cast.qianWen), at), 2);
  await assert.rejects(endAllSessions(town, cast.zhengShang, at, { officer }), refusal("officer/not-allowed"));
  await assert.rejects(endAllSessions(town, cast.shenJi, at, { officer }), refusal("officer/not-allowed"));
  await endAllSessions(town, cast.wuAn, at, { officer });
  for (const token of tokens) assert.equal(await findSession(town, token, at), null);
  await assert.rejects(endAllSessions(town, cast.zhouXi, at, { officer }), refusal("session/none"));
  assert.deepEqual(
    (await endedIn(a)).map(({ actor, subject }) => [actor, subject]),
    [[cast.wuAn.id, officer]],
  );
});

test("sessions that are over are neither listed nor kept, with the address they came from", async (t) => {
  const { town, cast, at } = await aTown(t);
  await aSession(town, cast.qianWen, at);
  const nextDay = new Date(at.getTime() + 25 * HOUR_MS);
  assert.deepEqual(await listSessions(town, accountOf(cast.qianWen), nextDay), []);
  await aSession(town, cast.qianWen, nextDay);
  await sweepSessions(town, nextDay);
  assert.equal((await town.db.selectFrom("people.session").select("id").execute()).length, 1);
});

test("a device stays the same one at every sign-in, and counts as a stranger's once it is forgotten", async (t) => {
  const { town, cast, at } = await aTown(t);
  const account = accountOf(cast.qianWen);
  const voucher = await knowDevice(town, account, at, { vouchers: [], userAgent: WECHAT });
  const again = await knowDevice(town, account, at, { vouchers: [voucher], userAgent: WECHAT });
  const [device, ...others] = await listKnownDevices(town, account, at);
  assert.deepEqual([device?.browser, device?.system, others.length], ["wechat", "android", 0]);
  const isKnown = async () => (await knownDevice(town, account, { vouchers: [again], since: at, at })) !== null;
  assert.ok(await isKnown());
  await assert.rejects(forgetDevice(town, accountOf(cast.wuJie), at, { device: device?.id ?? "" }), refusal("device/forgotten"));
  await forgetDevice(town, account, at, { device: device?.id ?? "" });
  assert.ok(!(await isKnown()));
  await assert.rejects(forgetDevice(town, account, at, { device: device?.id ?? "" }), refusal("device/forgotten"));
});

test("of one account twenty devices are known at most, none longer than half a year", async (t) => {
  const { town, cast, at } = await aTown(t);
  const account = accountOf(cast.qianWen);
  const seconds = (count: number) => new Date(at.getTime() + count * 1000);
  for (let i = 0; i < 22; i += 1) await knowDevice(town, account, seconds(i), { vouchers: [], userAgent: "" });
  assert.equal((await listKnownDevices(town, account, seconds(30))).length, 20);
  await sweepKnownDevices(town, new Date(seconds(21).getTime() + KNOWN_DAYS * 24 * HOUR_MS));
  assert.equal((await town.db.selectFrom("people.known_device").select("id").execute()).length, 1);
});

test("a browser is told by what it says of itself, by nothing when it says nothing, and never by more than its beginning", () => {
  const says: readonly (readonly [string, string, string])[] = [
    [WECHAT, "wechat", "android"],
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "edge", "windows"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1", "safari", "iphone"],
    ["Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114.0.0.0 ArkWeb/4.1 Mobile HuaweiBrowser/5.0", "huawei", "harmony"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "firefox", "linux"],
    ["", "other", "other"],
    [`${"x".repeat(1000)} Chrome/140`, "other", "other"],
  ];
  for (const [header, browser, system] of says) assert.deepEqual(readUserAgent(header), { browser, system }, header.slice(0, 80));
});
