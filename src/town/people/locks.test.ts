import assert from "node:assert/strict";
import { test } from "node:test";
import { transact } from "#platform/town";
import { Refusal } from "#refusals";
import { aSession } from "#test/session";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { changePassword } from "./change-password.ts";
import { enterCode } from "./enter-code.ts";
import { MOST_WAITING, MOST_WAITING_OF_ONE, turnsAt } from "./hash-turns.ts";
import { KNOWN_DAYS, knowDevice, knownDevice } from "./known-device.ts";
import type { Officer } from "./officer.ts";
import { ADDRESS, withOneMore, type Count } from "./patience.ts";
import { hashPassword } from "./password.ts";
import { proposeTotp } from "./propose-totp.ts";
import { removeTotp } from "./remove-totp.ts";
import { resetPassword } from "./reset-password.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { settleTry, sweepSignInGate, whyNotTry } from "./sign-in-gate.ts";
import { countsOf, signIn } from "./sign-in.ts";
import { unlockOfficer } from "./unlock-officer.ts";

const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);
const seconds = (at: Date, count: number) => new Date(at.getTime() + count * 1000);
const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

type Try = { login?: string; address?: string; device?: string | null; at?: Date };

/** A wrong or right try as the gate sees it, without the second a core spends on hashing: by default Qian Wen's, from the town hall. */
function gateOf({ town, at }: Pick<ATown, "town" | "at">) {
  const settle = async ({ login = "qianwen", address = "192.0.2.1", device = null, at: when = at }: Try, right: boolean) => {
    const counted = countsOf({ login, address }, device);
    const until = await whyNotTry(town, when, counted);
    if (until !== null) return "locked";
    const figures = await readSignInFigures(town);
    return (await transact(town, (town) => settleTry(town, when, { figures, counted, right }))).ended;
  };
  return { wrong: (what: Try = {}) => settle(what, false), right: (what: Try = {}) => settle(what, true) };
}

/** Signs in for real. */
function signer({ town, at }: Pick<ATown, "town" | "at">) {
  return async (what: { login?: string; password?: string; vouchers?: readonly string[] } = {}): Promise<string> =>
    (await signIn(town, at, { login: "qianwen", password: PASSWORD, address: "192.0.2.1", userAgent: "", vouchers: [], ...what })).ended;
}

async function vouchFor({ town, at }: Pick<ATown, "town" | "at">, officer: Officer): Promise<string> {
  return knowDevice(town, accountOf(officer), at, { vouchers: [], userAgent: "" });
}

async function verbsOf({ town }: Pick<ATown, "town">): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").orderBy("id").execute()).map(({ verb }) => verb);
}

test("seven right sign-ins at once from one address all pass, and none of them is counted", async (t) => {
  const a = await aTown(t);
  const sign = signer(a);
  const logins = ["qianwen", "wanglu", "lihe", "suntian", "wujie", "fengzheng", "qianwen"];
  assert.deepEqual(
    await Promise.all(logins.map((login) => sign({ login }))),
    logins.map(() => "begun"),
  );
  assert.deepEqual(await a.town.db.selectFrom("people.sign_in_gate").selectAll().execute(), []);
});

test("after five failures a login is locked for the address they came from, for fifteen minutes, and for nobody else", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  const there = { address: "198.51.100.9" };
  for (let i = 0; i < 5; i += 1) assert.equal(await gate.wrong({ ...there, at: after(a.at, i) }), "wrong");
  assert.equal(await gate.right({ ...there, at: after(a.at, 5) }), "locked");
  assert.equal(await gate.right({ at: after(a.at, 5) }), "right");
  assert.equal(await gate.right({ ...there, login: "wujie", at: after(a.at, 5) }), "right", "another login, with its password");
  assert.equal(await gate.right({ ...there, at: after(a.at, 18) }), "locked");
  assert.equal(await gate.right({ ...there, at: after(a.at, 19) }), "right");
});

test("one outsider with a try every fourteen minutes, or every second, keeps nobody out", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  const everybody = Array.from({ length: 19 }, (_, i) => `officer${i}`);
  for (let round = 0; round < 4; round += 1)
    for (const [i, login] of everybody.entries())
      await gate.wrong({ login, address: "198.51.100.9", at: seconds(after(a.at, round * 14), i) });
  for (const [i, login] of everybody.entries())
    assert.equal(await gate.right({ login, address: `192.0.2.${i}`, at: after(a.at, 43) }), "right", login);
});

test("failures that lie apart are never added up: a guess every fourteen minutes, each from elsewhere, locks nobody out", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  for (let round = 0; round < 20; round += 1)
    assert.equal(await gate.wrong({ address: `198.51.100.${round}`, at: after(a.at, round * 14) }), "wrong");
  assert.equal(await gate.right({ at: after(a.at, 19 * 14 + 1) }), "right");
});

test("a lock has an end of its own: tries in between do not move it", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  for (let i = 0; i < 5; i += 1) await gate.wrong();
  for (const minutes of [1, 7, 14]) assert.equal(await gate.wrong({ at: after(a.at, minutes) }), "locked");
  assert.equal(await gate.right({ at: after(a.at, 15) }), "right");
});

test("twenty failures of a login from many addresses lock it for unknown browsers; a device that signed in before goes on", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  for (let i = 0; i < 20; i += 1) assert.equal(await gate.wrong({ address: `198.51.100.${i}` }), "wrong", `${i}`);
  const sign = signer(a);
  assert.equal(await sign(), "locked");
  assert.equal(await sign({ vouchers: [await vouchFor(a, a.cast.qianWen)] }), "begun");
  assert.equal(await gate.right({ at: after(a.at, 15) }), "right");
});

test("five colleagues' typos do not lock the town hall; its address is slowed, by a wait that grows and ends", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  const hall = ["wanglu", "lihe", "suntian", "wujie", "fengzheng"];
  for (const login of hall) for (let i = 0; i < 2; i += 1) assert.equal(await gate.wrong({ login }), "wrong");
  assert.equal(await gate.right(), "right");
  assert.equal(await gate.wrong({ login: "zhaoshu" }), "wrong");
  assert.equal(await gate.right(), "locked");
  assert.equal(await gate.right({ at: seconds(a.at, 1) }), "right");
  assert.equal(await gate.right({ address: "192.0.2.2" }), "right");
});

test("the wait of an address doubles with each failure up to a minute, and a right password does not take it back", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  for (let i = 0; i < 11; i += 1) await gate.wrong({ login: `nobody${i}` });
  assert.equal(await gate.right({ at: seconds(a.at, 1) }), "right");
  await gate.wrong({ login: "nobody", at: seconds(a.at, 1) });
  assert.equal(await gate.right({ at: seconds(a.at, 2) }), "locked");
  let count: Count = { failures: 0, closedUntil: null, endsAt: a.at };
  const waits: number[] = [];
  const figures = await readSignInFigures(a.town);
  for (let i = 1; i <= 20; i += 1) {
    count = withOneMore(count, "address", figures, a.at);
    waits.push((count.closedUntil ?? a.at).getTime() - a.at.getTime());
  }
  assert.deepEqual(
    waits,
    [...Array.from({ length: ADDRESS.free }, () => 0), 1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((wait) => wait * 1000),
  );
});

test("twelve guesses sent at once are five guesses, and the log tells of five and of the lock", async (t) => {
  const a = await aTown(t);
  const sign = signer(a);
  const ended = await Promise.all(Array.from({ length: 12 }, (_, i) => sign({ password: `wrong${i}` })));
  assert.equal(ended.filter((end) => end === "wrong").length, 5);
  assert.equal(ended.filter((end) => end === "locked").length, 7);
  assert.deepEqual((await verbsOf(a)).toSorted(), ["officer.locked-out", ...Array.from({ length: 5 }, () => "officer.sign-in-failed")]);
});

test("a login that does not exist is counted and locked like one that does", async (t) => {
  const sign = signer(await aTown(t));
  for (let i = 0; i < 5; i += 1) assert.equal(await sign({ login: "nobody" }), "wrong");
  assert.equal(await sign({ login: "nobody" }), "locked");
});

test("a known device has its own five failures, is one officer's, known for half a year or until the password changes", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const gate = gateOf(a);
  for (let i = 0; i < 5; i += 1) assert.equal(await gate.wrong({ device: "mine" }), "wrong");
  assert.equal(await gate.right({ device: "mine" }), "locked");
  assert.equal(await gate.right(), "right", "what fails on a device is not counted elsewhere");
  const mine = await vouchFor(a, cast.qianWen);
  const known = async (officer: Officer, voucher: string, when: Date, since = at) =>
    (await knownDevice(town, accountOf(officer), { vouchers: ["", "a.b.c", voucher], since, at: when })) !== null;
  assert.ok(await known(cast.qianWen, mine, after(at, KNOWN_DAYS * 24 * 60)));
  assert.ok(!(await known(cast.qianWen, mine, after(at, KNOWN_DAYS * 24 * 60 + 1))));
  assert.ok(!(await known(cast.qianWen, mine, at, after(at, 1))));
  assert.ok(!(await known(cast.wuJie, mine, at)));
  const another = mine.replace(/^./, (first) => (first === "a" ? "b" : "a"));
  assert.ok(!(await known(cast.qianWen, another, at)));
});

test("the number of failures and the length of a lock are the town's", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  await a.town.db.updateTable("people.policy").set({ sign_in_failures: 3, sign_in_lock_minutes: 60 }).execute();
  for (let i = 0; i < 3; i += 1) await gate.wrong();
  assert.equal(await gate.right({ at: after(a.at, 59) }), "locked");
  assert.equal(await gate.right({ at: after(a.at, 60) }), "right");
});

test("the present password a page asks for is counted and told like one at sign-in", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const keeping = await aSession(town, cast.wuJie, at);
  const change = (present: string, when = at) =>
    changePassword(town, accountOf(cast.wuJie), when, { present, chosen: "Xin-De-Mima-9", keeping });
  for (let i = 0; i < 4; i += 1) assert.equal((await change("wrong")).ended, "wrong");
  assert.equal((await removeTotp(town, accountOf(cast.wuJie), at, { present: "wrong" })).ended, "wrong");
  assert.deepEqual(await change(PASSWORD), { ended: "locked", until: after(at, 15) });
  assert.deepEqual(await verbsOf(a), [...Array.from({ length: 5 }, () => "officer.sign-in-failed"), "officer.locked-out"]);
  assert.equal((await change(PASSWORD, after(at, 15))).ended, "changed");
});

test("of two password changes at once one is told that the password is another now", async (t) => {
  const { town, cast, at } = await aTown(t);
  const change = (chosen: string) =>
    changePassword(town, accountOf(cast.wuJie), at, { present: PASSWORD, chosen, keeping: "" }).then(
      ({ ended }) => ended,
      (error: unknown) => (error instanceof Refusal ? error.code : assert.fail(String(error))),
    );
  assert.deepEqual((await Promise.all([change("Mima-Yi-1111"), change("Mima-Er-2222")])).sort(), ["changed", "password/wrong"]);
});

test("twenty codes sent at once are five", async (t) => {
  const { town, cast, at } = await aTown(t);
  await proposeTotp(town, accountOf(cast.wuJie), at, { issuer: "示例镇" });
  const token = await aSession(town, cast.wuJie, at, false);
  const ended = await Promise.all(Array.from({ length: 20 }, () => enterCode(town, accountOf(cast.wuJie), at, { code: "000000", token })));
  assert.equal(ended.filter((one) => one.ended === "wrong").length, 5);
});

test("the security administrator or the command line unlocks, a reset password does too; nobody else, and not what is open", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const gate = gateOf(a);
  const unlock = { officer: cast.qianWen.id, version: null };
  const lock = async (address: string) => {
    for (let i = 0; i < 5; i += 1) await gate.wrong({ address });
    assert.equal(await gate.right({ address }), "locked");
  };
  await lock("198.51.100.1");
  await assert.rejects(unlockOfficer(town, cast.zhouXi, at, unlock), refusal("officer/not-allowed"));
  await unlockOfficer(town, cast.wuAn, at, unlock);
  assert.equal(await gate.right({ address: "198.51.100.1" }), "right");
  await assert.rejects(unlockOfficer(town, cast.wuAn, at, unlock), refusal("officer/not-locked"));
  await lock("198.51.100.2");
  await unlockOfficer(town, null, at, unlock);
  assert.deepEqual(await verbsOf(a), ["officer.unlocked", "officer.unlocked"]);
  await lock("198.51.100.3");
  await resetPassword(town, null, at, { ...unlock, hash: "none" });
  assert.equal(await gate.right({ address: "198.51.100.3" }), "right");
});

test("counts that are over are swept, by their index, and none that still count", async (t) => {
  const a = await aTown(t);
  const gate = gateOf(a);
  for (let i = 0; i < 8; i += 1) await gate.wrong({ login: `nobody${i}`, address: `198.51.100.${i}` });
  await gate.wrong({ login: "nobody", at: after(a.at, 14) });
  await sweepSignInGate(a.town, after(a.at, 15));
  assert.equal((await a.town.db.selectFrom("people.sign_in_gate").select("kind").execute()).length, 3);
});

test("no password is hashed while a transaction holds its locks", async (t) => {
  const { town } = await aTown(t);
  await assert.rejects(
    transact(town, () => hashPassword(PASSWORD, "")),
    /inside a transaction/,
  );
});

test("hashing waits its turn: one place cannot take all places in the line, and a full line says so at once", async () => {
  const inTurn = turnsAt(1);
  const ends: (() => void)[] = [];
  const hold = (who: string) => inTurn(who, () => new Promise<void>((end) => void ends.push(end)));
  const working = [hold("flood"), ...Array.from({ length: MOST_WAITING_OF_ONE }, () => hold("flood"))];
  await assert.rejects(hold("flood"), refusal("sign-in/busy"));
  for (let i = MOST_WAITING_OF_ONE; i < MOST_WAITING; i += 1) working.push(hold(`other ${i}`));
  await assert.rejects(hold("one more"), refusal("sign-in/busy"));
  for (let done = 0; done < working.length; done += 1) {
    assert.equal(ends.length, done + 1, "one at a time");
    ends[done]?.();
    await working[done];
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await inTurn("flood", async () => "free again"), "free again");
});
