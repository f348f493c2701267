import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { BlackOut } from "#evidence/black-out";
import { useFiles } from "#evidence/use-files";
import { changeOfficer } from "#people/change-officer";
import type { Officer } from "#people/officer";
import { Refusal } from "#refusals";
import { newId } from "#platform/ids";
import { actOn, aPhoto } from "#test/desk";
import { AT, aTown, type ATown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { callReporter } from "./call-reporter.ts";
import { coverPhoto, withdrawPhoto, whyNotCoverPhoto } from "./cover-photo.ts";
import { lookAtIdentity } from "./look-at-identity.ts";
import { openedIdentity } from "./opened-identity.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { searchByPhone } from "./search-by-phone.ts";

const PHONE = "13800001234";
const LOOK = { reasonClass: "clarify", reason: "核实地点" } as const;
const involved = (error: unknown) => error instanceof Refusal && error.code === "officer/involved";
const clerk = (who: Officer): Officer => ({ ...who, duties: new Set([...who.duties, "clerk", "office"]) });

/** A report that became a problem, assigned to 王路 and the sanitation station. */
async function anAssignedReport(context: TestContext) {
  const t = await aTown(context);
  const { town, cast, categories } = t;
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, phone: PHONE });
  const { report } = await receiveReport(town, null, AT, { ...what, channel: "web" });
  const opening = AcceptByOpening.parse({ report, title: "路灯不亮", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, AT, opening);
  const { number } = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  await actOn(t, number, "assign", cast.zhengShang, AT);
  return { ...t, report, number };
}

async function learnsNothing({ town }: ATown, by: Officer, report: string): Promise<void> {
  const gateway = { connect: () => assert.fail("the gateway was asked") };
  await assert.rejects(lookAtIdentity(town, by, AT, { report, ...LOOK }), involved);
  await assert.rejects(callReporter(town, by, AT, { report, ...LOOK, line: "0755123456", gateway }), involved);
  assert.deepEqual(await searchByPhone(town, by, AT, { ...LOOK, phone: PHONE }), []);
  assert.equal(await openedIdentity(town, by, AT, report), null);
}

test("a clerk who is also handler in a unit below the responsible one learns nothing of who reported", async (context) => {
  const its = await anAssignedReport(context);
  const { town, cast, units, report, number } = its;
  const below = clerk(cast.wuJie);
  await town.db.updateTable("people.unit").set({ parent: units.rural }).where("id", "=", units.sanitation).execute();
  await actOn(its, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [cast.sunTian.id], unit: units.rural });
  await actOn(its, number, "record-progress", below, AT);
  await learnsNothing(its, below, report);
});

test("a leader learns nothing of who reported after a hand-over either, and a look taken before is over", async (context) => {
  const its = await anAssignedReport(context);
  const { town, cast, units, report, number } = its;
  const next = clerk(cast.liHe);
  await lookAtIdentity(town, next, AT, { report, ...LOOK });
  assert.notEqual(await openedIdentity(town, next, AT, report), null);
  await actOn(its, number, "hand-over", cast.zhengShang, AT, { yes: true, leaders: [next.id], unit: units.ecology });
  await learnsNothing(its, next, report);
  await learnsNothing(its, clerk(cast.wangLu), report);
});

test("somebody moved to another unit learns nothing of who reported what their unit answered for then", async (context) => {
  const its = await anAssignedReport(context);
  const { town, cast, units, report } = its;
  const after = new Date(AT.getTime() + 60_000);
  const { id, name } = cast.wuJie;
  await changeOfficer(town, cast.zhouXi, after, { officer: id, version: null, name, titleZh: "", titleEn: "", unit: units.discipline });
  await learnsNothing(its, clerk({ ...cast.wuJie, unit: units.discipline }), report);
});

test("a search by phone is on record with the class of its reason, and shows the uninvolved what it found", async (context) => {
  const { town, cast, report } = await anAssignedReport(context);
  assert.deepEqual(await searchByPhone(town, cast.qianWen, AT, { ...LOOK, phone: PHONE }), [report]);
  const event = await town.db.selectFrom("audit.event").select("body").where("verb", "=", "identity.searched").executeTakeFirstOrThrow();
  assert.deepEqual(JSON.parse(event.body), { facts: { found: 1, reasonClass: "clarify" }, words: {} });
  const kept = await town.db.selectFrom("vault.search").select("sealed_reason as sealed").executeTakeFirstOrThrow();
  assert.ok(!kept.sealed.includes(LOOK.reason));
  await assert.rejects(searchByPhone(town, cast.wuJie, AT, { ...LOOK, phone: PHONE }), { code: "officer/not-allowed" });
});

test("whoever is involved covers and withdraws no photo of the problem, of its reports, nor of what stands for one", async (context) => {
  const its = await anAssignedReport(context);
  const { town, cast, number, report } = its;
  await actOn(its, number, "add-evidence", cast.wuJie, AT);
  const { sha256 } = await town.db.selectFrom("evidence.use").select("file as sha256").executeTakeFirstOrThrow();
  const waiting = { kind: "draft", id: newId(AT) } as const;
  const [copy, sent, other] = [await aPhoto(its, waiting), await aPhoto(its, waiting), await aPhoto(its, waiting)];
  await town.db
    .insertInto("evidence.redaction")
    .values({ town: town.id, sha256, redacted_at: AT, redacted_by: cast.qianWen.id, reason: "车牌", replaced_by: copy })
    .execute();
  await useFiles(town, RESIDENT, AT, { files: [sent], purpose: "report", subject: report, sentFor: waiting });
  const worker = clerk(cast.wuJie);
  for (const file of [sha256, copy, sent]) {
    const cover = BlackOut.parse({ file, rectangles: "0 0 10 10", reason: "车牌" });
    await assert.rejects(coverPhoto(town, worker, AT, cover), involved);
    await assert.rejects(withdrawPhoto(town, worker, AT, { file, reason: "隐私" }), involved);
    assert.equal(await whyNotCoverPhoto(town, cast.qianWen, file), null);
  }
  assert.equal(await whyNotCoverPhoto(town, worker, other), "file/unknown", "what only waits in a draft is nobody else's");
  await assert.rejects(withdrawPhoto(town, cast.qianWen, AT, { file: other, reason: "隐私" }), { code: "file/unknown" });
  await withdrawPhoto(town, cast.qianWen, AT, { file: sent, reason: "隐私" });
});
