import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "#doors/bounds";
import { RESIDENT } from "#audit/append-event";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { giveSlip } from "#intake/give-slip";
import { lookAtIdentity } from "#intake/look-at-identity";
import { receiptCode } from "#intake/receipt-code";
import { reissueReceipt } from "#intake/reissue-receipt";
import { decideObjection } from "#verification/decide-objection";
import { raiseObjection } from "#verification/raise-objection";
import { anApi, post, promised, type Api } from "#test/api";
import { livingLedger } from "#test/living-ledger";
import { AT } from "#test/town";

async function aReceipt(door: Api): Promise<string> {
  const sent = await door.ask("/api/v1/reports", post({ title: "路灯不亮", category: "complaint", village: door.villages.dongtang }));
  return String((await promised(door, "sendReport", sent))["receipt"]);
}

const ask = (door: Api, code: unknown, headers: Record<string, string> = {}) => door.ask("/api/v1/receipts", post({ code }, headers));

test("a program follows what it sent: first its reply and the day, then the entry it led to", async (t) => {
  const door = await anApi(t);
  const code = await aReceipt(door);
  const answer = await ask(door, code.toLowerCase());
  assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
  const waiting = await promised(door, "tellReceipt", answer);
  assert.deepEqual([waiting["receivedOn"], waiting["state"], waiting["problem"]], ["2026-07-28", "received", null]);
  assert.match(JSON.stringify(waiting["next"]), /"step":"firstReply".*"day":"2026-\d\d-\d\d"/);
  const { id: report } = await door.town.db.selectFrom("intake.report").select("id").executeTakeFirstOrThrow();
  const opening = AcceptByOpening.parse({ report, title: "东塘村路灯不亮", category: door.categories.complaint });
  await acceptReport(door.town, door.cast.qianWen, AT, opening);
  const { number } = await door.town.db.selectFrom("ledger.problem").select("number").executeTakeFirstOrThrow();
  const onLedger = await promised(door, "tellReceipt", await ask(door, code, { "accept-language": "zh" }));
  assert.equal(onLedger["state"], "accepted");
  assert.equal(onLedger["says"], "已立项");
  assert.deepEqual(onLedger["problem"], { number, page: `/ledger/${number}`, self: `/api/v1/problems/${number}` });
});

test("a program follows an objection: the day of its answer, then what became of it", async (t) => {
  const door = await anApi(t);
  const { lamps } = await livingLedger(door);
  const { problem, number } = lamps;
  const objection = await raiseObjection(door.town, RESIDENT, AT, { problem, reason: "第三盏还是不亮", address: "" });
  const code = receiptCode(door.town.keys, await giveSlip(door.town, AT, { problem, objection }));
  const waiting = await promised(door, "tellReceipt", await ask(door, code));
  assert.deepEqual([waiting["of"], waiting["state"]], ["objection", "open"]);
  assert.match(JSON.stringify(waiting["next"]), /"step":"objection".*"day":"2026-07-31"/);
  const { version } = await door.town.db.selectFrom("ledger.problem").select("version").where("id", "=", problem).executeTakeFirstOrThrow();
  await decideObjection(door.town, door.cast.fengZheng, AT, { problem, version, objection, upheld: "no", reason: "已换灯头" });
  const answered = await promised(door, "tellReceipt", await ask(door, code, { "accept-language": "zh" }));
  assert.deepEqual([answered["state"], answered["says"]], ["rejected", "异议不成立"]);
  assert.match(JSON.stringify(answered["problem"]), new RegExp(number));
});

test("of a code that was lost and made anew a program is told so, and by the new one it goes on; neither is a wrong try", async (t) => {
  const door = await anApi(t);
  const sent = { title: "路灯不亮", category: "complaint", village: door.villages.dongtang, phone: "13800001234" };
  const code = String((await promised(door, "sendReport", await door.ask("/api/v1/reports", post(sent))))["receipt"]);
  const { id: report } = await door.town.db.selectFrom("intake.report").select("id").executeTakeFirstOrThrow();
  await lookAtIdentity(door.town, door.cast.qianWen, AT, { report, reasonClass: "receipt", reason: "回执号丢了" });
  await reissueReceipt(door.town, door.cast.qianWen, AT, { report, manner: "phone" });
  for (let shown = 0; shown < (boundsOf("receipt-code").perAddress?.tries ?? 0) + 2; shown++) {
    const dead = await ask(door, code);
    assert.equal(dead.status, 410);
    assert.match(JSON.stringify(await promised(door, "tellReceipt", dead)), /request\/receipt-reissued/);
  }
  const told = await promised(door, "tellReceipt", await ask(door, receiptCode(door.town.keys, report, 1)));
  assert.equal(told["state"], "received");
});

test("a code of nobody's is not found, one that cannot be is said to be none, and nothing else is told", async (t) => {
  const door = await anApi(t);
  const nobodys = await ask(door, "00000-00000");
  assert.equal(nobodys.status, 404);
  assert.match(JSON.stringify(await promised(door, "tellReceipt", nobodys)), /no-receipt/);
  const impossible = await ask(door, "灯");
  assert.equal(impossible.status, 422);
  assert.match(JSON.stringify(await promised(door, "tellReceipt", impossible)), /"pointer":"\/code","code":"code\/impossible"/);
  assert.equal((await ask(door, 7)).status, 422);
  assert.equal((await door.ask("/api/v1/receipts", { method: "POST", body: "{}" })).status, 415);
  assert.equal((await door.ask("/api/v1/receipts?code=00000-00000")).status, 405);
});

test("whoever guesses is slowed and then refused, together with the page; a right code is told all the same", async (t) => {
  const door = await anApi(t);
  const code = await aReceipt(door);
  const tries = boundsOf("receipt-code").wrong?.tries ?? 0;
  const from = { town: door.town.id, address: "" };
  for (let i = 1; i < tries; i += 1) await door.limits.countWrong("receipt-code", from);
  assert.equal((await ask(door, "00000-00001")).status, 404);
  const refused = await ask(door, "00000-00002");
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal((await ask(door, code)).status, 200);
});
