import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { nameReceivers } from "#limits/name-receivers";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { leafOfEvent } from "#log/queries";
import type { Town } from "#platform/town";
import { eraseIdentity } from "#vault/erase-identity";
import { looksAt } from "#vault/queries";
import { aNotary, asScribe } from "#test/notary";
import { refusedWith } from "#test/refused";
import { lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown } from "#test/town";
import { AcceptByOpening, acceptReport } from "./accept-report.ts";
import { callReporter } from "./call-reporter.ts";
import { findCoded } from "./find-slip.ts";
import { letOutReport } from "./let-out-report.ts";
import { lookAtIdentity } from "./look-at-identity.ts";
import { findReportByCode } from "./queries.ts";
import { receiptCode } from "./receipt-code.ts";
import { receiveReport } from "./receive-report.ts";
import { reissueReceipt } from "./reissue-receipt.ts";

const LOOK = { reasonClass: "receipt", reason: "来电说回执号丢了" } as const;
const DAY_MINUTES = 24 * 60;

/** Somebody who left this, reported a lamp, and lost the receipt; a clerk has looked at who it is. */
async function aLostReceipt(t: TestContext, who: object = { name: "某反映人", phone: "13800001234" }) {
  const its = await aTown(t);
  const { town, at, cast } = its;
  const { report, code } = await receiveReport(town, null, at, lamp(its, who));
  const look = (by = cast.qianWen, when = at) => lookAtIdentity(town, by, when, { report, ...LOOK });
  const reissue = (when = at, by = cast.qianWen) => reissueReceipt(town, by, when, { report, manner: "phone" });
  return { ...its, report, code, look, reissue };
}

/** What is left behind by an act that was refused: nothing. */
async function traces(town: Town) {
  const { receipt_hash } = await town.db.selectFrom("intake.report").select("receipt_hash").executeTakeFirstOrThrow();
  return { verbs: await verbsOf(town), hash: receipt_hash.toString("hex"), dead: await town.db.selectFrom("intake.reissue").execute() };
}

test("after a look and a call the receipt is made anew: the new code opens the report, the old one is dead since then", async (t) => {
  const { town, at, cast, report, code, look, reissue } = await aLostReceipt(t);
  await look();
  await reissue(minutesAfter(at, 3));
  const fresh = receiptCode(town.keys, report, 1);
  assert.notEqual(fresh, code);
  assert.deepEqual(await findCoded(town, fresh), { kind: "report", id: report, issue: 1, diedAt: null });
  assert.deepEqual(await findCoded(town, code), { kind: "report", id: report, issue: 1, diedAt: minutesAfter(at, 3) });
  assert.equal(await findReportByCode(town, code), null);
  const found = await findReportByCode(town, fresh);
  assert.deepEqual(found?.reissue, { issue: 1, by: cast.qianWen.id, at: minutesAfter(at, 3) });
});

test("it is an event that tells neither code, and the leaf of it neither whose it was", async (t) => {
  const { town, at, report, code, look, reissue } = await aLostReceipt(t);
  await look();
  await reissue();
  const told = await town.db
    .selectFrom("audit.event")
    .select(["id", "verb", "subject", "body"])
    .where("verb", "=", "receipt.reissued")
    .execute();
  assert.deepEqual(
    told.map(({ verb, subject }) => [verb, subject]),
    [["receipt.reissued", report]],
  );
  for (const secret of [code, receiptCode(town.keys, report, 1)]) assert.ok(!JSON.stringify(told).includes(secret));
  assert.match(told[0]?.body ?? "", /"issue":1,"manner":"phone"/);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  await integrateEvents(town, asScribe(notary), at);
  const leaf = await leafOfEvent(town, told[0]?.id ?? "");
  assert.match(leaf?.entry ?? "", /"receipt\.reissued"/);
  assert.doesNotMatch(leaf?.entry ?? "", new RegExp(`${report}|phone|issue"`));
  assert.deepEqual(
    (await looksAt(town, report)).map(({ kind, reasonClass }) => [kind, reasonClass]),
    [["look", "receipt"]],
  );
});

test("nobody reissues what they have not looked at within ten minutes; a colleague's look is not theirs", async (t) => {
  const { town, at, cast, look, reissue } = await aLostReceipt(t);
  await look(cast.zhengShang);
  const before = await traces(town);
  await assert.rejects(reissue(), refusedWith("receipt/look-first"));
  assert.deepEqual(await traces(town), before);
  await look();
  await assert.rejects(reissue(minutesAfter(at, 10)), refusedWith("receipt/look-first"));
  await reissue(minutesAfter(at, 9));
});

test("a call through the gateway, which shows no number, is a look as good as any", async (t) => {
  const { town, at, cast, report, reissue } = await aLostReceipt(t);
  const gateway = { connect: async () => true };
  await callReporter(town, cast.qianWen, at, { report, ...LOOK, line: "0755123456", gateway });
  await reissue(minutesAfter(at, 2));
});

test("nobody but the intake desk reissues, and nobody there who is involved in the problem", async (t) => {
  const its = await aLostReceipt(t);
  const { town, at, cast, report, look, reissue } = its;
  await look();
  for (const by of [cast.wuJie, cast.liHe, cast.fengZheng, cast.zhaoShu, cast.zhouXi, cast.wuAn, cast.shenJi])
    await assert.rejects(reissue(at, by), refusedWith("officer/not-allowed"), by.name);
  const opening = AcceptByOpening.parse({ report, title: "路灯不亮", category: its.categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, at, opening);
  await town.db
    .updateTable("ledger.problem")
    .set({ leaders: [cast.qianWen.id] })
    .where("id", "=", problem)
    .execute();
  await assert.rejects(reissue(), refusedWith("officer/involved"));
});

test("who left no telephone, or had it erased, cannot be called, and is given nothing", async (t) => {
  const { town, at, report, look, reissue } = await aLostReceipt(t, { name: "某反映人", email: "xm@example.com" });
  await look();
  await assert.rejects(reissue(), refusedWith("identity/no-phone"));
  await eraseIdentity(town, RESIDENT, at, { report, because: "asked" });
  await assert.rejects(reissue(), refusedWith("identity/no-phone"));
});

test("once a day is the most; the next day another one dies, and both dead codes say when", async (t) => {
  const { town, at, report, code, look, reissue } = await aLostReceipt(t);
  await look();
  await reissue();
  const before = await traces(town);
  await assert.rejects(reissue(minutesAfter(at, 5)), refusedWith("receipt/reissued-today"));
  assert.deepEqual(await traces(town), before);
  const tomorrow = minutesAfter(at, DAY_MINUTES);
  await look(undefined, tomorrow);
  await reissue(tomorrow);
  assert.deepEqual((await findCoded(town, code))?.diedAt, at);
  assert.deepEqual((await findCoded(town, receiptCode(town.keys, report, 1)))?.diedAt, tomorrow);
  assert.equal((await findReportByCode(town, receiptCode(town.keys, report, 2)))?.id, report);
});

test("of two clerks at once one reissues and the other is told that it was done today", async (t) => {
  const { town, at, cast, report, look, reissue } = await aLostReceipt(t);
  await look();
  await look(cast.zhengShang);
  const ended = await Promise.allSettled([reissue(), reissue(at, cast.zhengShang)]);
  assert.deepEqual(ended.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const refused = ended.find((one) => one.status === "rejected");
  assert.ok(refusedWith("receipt/reissued-today")(refused?.reason));
  assert.equal((await findReportByCode(town, receiptCode(town.keys, report, 1)))?.id, report);
  assert.equal((await town.db.selectFrom("intake.reissue").select("issue").execute()).length, 1);
});

test("whoever sends the very same again is shown the first receipt, not the one that was given out at the desk", async (t) => {
  const its = await aLostReceipt(t, { phone: "13800001234", device: "the reporter's own" });
  const { town, at, code, look, reissue } = its;
  await look();
  await reissue();
  const again = await receiveReport(town, null, at, lamp(its, { phone: "13800001234", device: "the reporter's own" }));
  assert.deepEqual([again.folded, again.code], [true, code]);
});

test("a sealed report is reissued by nobody, as if it were not there; let out to the inbox, it is as any other", async (t) => {
  const its = await aTown(t);
  const { town, cast, at, categories } = its;
  const named = { version: null, sealed: true, receivers: [cast.fengZheng.id] };
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, ...named });
  const { report, code } = await receiveReport(town, null, at, lamp(its, { category: categories.wrongdoing, phone: "13800001234" }));
  for (const by of [cast.qianWen, cast.zhengShang])
    await assert.rejects(reissueReceipt(town, by, at, { report, manner: "desk" }), refusedWith("report/unknown"));
  await assert.rejects(reissueReceipt(town, cast.fengZheng, at, { report, manner: "desk" }), refusedWith("officer/not-allowed"));
  await letOutReport(town, cast.fengZheng, at, { report, category: categories.complaint });
  await lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK });
  await reissueReceipt(town, cast.qianWen, at, { report, manner: "desk" });
  assert.deepEqual((await findCoded(town, code))?.diedAt, at);
});
