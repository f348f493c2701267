import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { dayOf } from "#platform/instant";
import { seal } from "#platform/seal";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { correctIdentity } from "#vault/correct-identity";
import { eraseIdentity } from "#vault/erase-identity";
import { findByPhone } from "#vault/find-by-phone";
import { forgetLooks } from "#vault/forget-looks";
import { openIdentity } from "#vault/open-identity";
import { erasuresOf, hasIdentity, looksAt } from "#vault/queries";
import { countOverdue } from "#vault/holdings";
import { sortOlder, townsToSort } from "#vault/sort-older";
import { commitment, RESIDENT } from "#audit/append-event";
import { refusedWith } from "#test/refused";
import { aSuperuser } from "#test/superuser";
import { aTown, type ATown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { answerReport } from "./answer-report.ts";
import { callReporter } from "./call-reporter.ts";
import { eraseDue } from "./erase-due.ts";
import { lookAtIdentity } from "./look-at-identity.ts";
import { openedIdentity } from "./opened-identity.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { searchByPhone } from "./search-by-phone.ts";
import { withdrawReport } from "./withdraw-report.ts";

const SAID = { name: "王小明", phone: "13800001234", email: "xm@example.com", wechat: "xm-138", address: "东塘村某号" };

const LOOK = { reasonClass: "clarify", reason: "核实地点" } as const;

const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

const daysLater = (at: Date, days: number) => later(at, days * 24 * 60);

async function aReport({ town, at, categories }: ATown, typed: Partial<Record<keyof ReceiveReport, string>> = {}): Promise<string> {
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, ...typed });
  return (await receiveReport(town, null, at, { ...what, channel: "web" })).report;
}

async function aReporter(t: TestContext) {
  const its = await aTown(t);
  return { ...its, report: await aReport(its, SAID) };
}

async function verbs(town: Town): Promise<readonly string[]> {
  return (await town.db.selectFrom("audit.event").select("verb").orderBy("id").execute()).map(({ verb }) => verb);
}

test("a look is recorded with its reason, is open for ten minutes to the one officer who took it, and to nobody else", async (t) => {
  const { town, at, cast, report } = await aReporter(t);
  assert.equal(await openedIdentity(town, cast.qianWen, at, report), null);
  assert.deepEqual(await lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK }), SAID);
  assert.deepEqual((await openedIdentity(town, cast.qianWen, later(at, 9), report))?.identity, SAID);
  assert.equal(await openedIdentity(town, cast.zhengShang, later(at, 9), report), null);
  assert.equal(await openedIdentity(town, cast.qianWen, later(at, 10), report), null);
  assert.deepEqual(
    (await looksAt(town, report)).map(({ kind, reasonClass, unit }) => ({ kind, reasonClass, unit })),
    [{ kind: "look", reasonClass: "clarify", unit: cast.qianWen.unit }],
  );
  assert.equal((await verbs(town)).filter((verb) => verb === "identity.looked-at").length, 1);
});

test("nobody but the intake desk looks, and nobody there who answers for the problem or is of its unit", async (t) => {
  const its = await aReporter(t);
  const { town, at, cast, report } = its;
  for (const by of [cast.wuJie, cast.liHe, cast.fengZheng, cast.zhaoShu, cast.zhouXi, cast.wuAn, cast.shenJi])
    await assert.rejects(lookAtIdentity(town, by, at, { report, ...LOOK }), refusedWith("officer/not-allowed"), by.name);
  const anonymous = await aReport(its, { title: "另一件" });
  await assert.rejects(lookAtIdentity(town, cast.qianWen, at, { report: anonymous, ...LOOK }), refusedWith("identity/none"));
  const opening = AcceptByOpening.parse({ report, title: "路灯不亮", category: its.categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, at, opening);
  await lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK });
  await town.db
    .updateTable("ledger.problem")
    .set({ leaders: [cast.qianWen.id], unit: its.units.discipline })
    .where("id", "=", problem)
    .execute();
  await assert.rejects(lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK }), refusedWith("officer/involved"));
  assert.equal(await openedIdentity(town, cast.qianWen, at, report), null, "a look taken before is over too");
  await town.db.updateTable("ledger.problem").set({ leaders: [], unit: its.units.office }).where("id", "=", problem).execute();
  await assert.rejects(lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK }), refusedWith("officer/involved"));
  assert.equal((await looksAt(town, report)).length, 1);
});

test("the desk is connected with a reporter whose number nobody sees; a gateway that fails leaves the call on record", async (t) => {
  const { town, at, cast, report } = await aReporter(t);
  const asked: unknown[] = [];
  const gateway = (connected: boolean) => ({
    connect: async (call: { readonly caller: string; readonly callee: string }) => {
      asked.push([call.caller, call.callee]);
      return connected;
    },
  });
  const what = { report, ...LOOK, line: "0755123456" };
  assert.equal(await callReporter(town, cast.qianWen, at, { ...what, gateway: gateway(true) }), undefined);
  await assert.rejects(callReporter(town, cast.qianWen, at, { ...what, gateway: gateway(false) }), refusedWith("call/not-connected"));
  await assert.rejects(callReporter(town, cast.wuJie, at, { ...what, gateway: gateway(true) }), refusedWith("officer/not-allowed"));
  assert.deepEqual(asked, [
    ["0755123456", SAID.phone],
    ["0755123456", SAID.phone],
  ]);
  assert.equal((await verbs(town)).filter((verb) => verb === "identity.called").length, 2);
  assert.equal(await openedIdentity(town, cast.qianWen, at, report), null, "a call opens nothing to read");
});

test("a caller who lost the receipt is found by number however written, and the search is on record without the number", async (t) => {
  const its = await aReporter(t);
  const { town, at, cast, report } = its;
  await aReport(its, { title: "别人的", phone: "13900009999" });
  for (const typed of ["13800001234", "+8613800001234", "008613800001234"])
    assert.deepEqual(await searchByPhone(town, cast.qianWen, at, { ...LOOK, phone: typed }), [report], typed);
  assert.deepEqual(await searchByPhone(town, cast.qianWen, at, { ...LOOK, phone: "13800001235" }), []);
  const national: Town = { ...town, keys: { ...town.keys, algorithms: "national" } };
  const second = await aReport({ ...its, town: national }, { title: "国密之后", phone: SAID.phone });
  assert.deepEqual([...(await searchByPhone(town, cast.qianWen, at, { ...LOOK, phone: SAID.phone }))].sort(), [report, second].sort());
  assert.deepEqual(await openIdentity(town, second), { name: "", phone: SAID.phone, email: "", wechat: "", address: "" });
  assert.equal((await verbs(town)).filter((verb) => verb === "identity.searched").length, 5);
});

test("the reporter corrects what is held; an emptied field is gone", async (t) => {
  const { town, at, report } = await aReporter(t);
  await correctIdentity(town, at, { report, ...SAID, phone: "13700000000", address: "" });
  assert.deepEqual(await openIdentity(town, report), { ...SAID, phone: "13700000000", address: "" });
  const before = await verbs(town);
  await correctIdentity(town, at, { report, ...SAID, phone: "13700000000", address: "" });
  assert.deepEqual(await verbs(town), before, "nothing new is no event");
});

test("erased at once: nothing is left, and the reporter alone can show that the record is about them", async (t) => {
  const { town, at, cast, report } = await aReporter(t);
  await lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK });
  assert.equal(await eraseIdentity(town, RESIDENT, at, { report, because: "asked" }), true);
  assert.equal(await eraseIdentity(town, RESIDENT, at, { report, because: "asked" }), false);
  assert.equal(await hasIdentity(town, report), false);
  assert.equal(await openedIdentity(town, cast.qianWen, at, report), null);
  assert.deepEqual(await findByPhone(town, SAID.phone), []);
  const { reasons } = await town.db
    .selectFrom("vault.look")
    .select(sql<number>`max(length(sealed_reason))`.as("reasons"))
    .executeTakeFirstOrThrow();
  assert.equal(reasons, 0);
  const [erasure] = await erasuresOf(town, report);
  const { body } = await town.db.selectFrom("audit.event").select("body").where("verb", "=", "identity.erased").executeTakeFirstOrThrow();
  assert.ok(body.includes(commitment(erasure?.salt ?? Buffer.alloc(0), report)));
  assert.ok(!body.includes(report));
});

test("an identity goes by itself when its category's time after the end is over, never while the matter is worked on", async (t) => {
  const its = await aReporter(t);
  const { town, at, cast, report } = its;
  const answered = await aReport(its, { title: "哪里办证", phone: "13600000000" });
  const open = await aReport(its, { title: "还没分办", phone: "13500000000" });
  await answerReport(town, cast.qianWen, at, { report: answered, text: "在一楼" });
  const opening = AcceptByOpening.parse({ report, title: "路灯不亮", category: its.categories.complaint });
  await acceptReport(town, cast.qianWen, at, opening);
  await town.db.updateTable("limits.category").set({ retention_days: 60 }).execute();
  assert.equal(await eraseDue(town, daysLater(at, 59)), 0);
  assert.equal(await eraseDue(town, daysLater(at, 61)), 1);
  assert.deepEqual(
    [await hasIdentity(town, answered), await hasIdentity(town, open), await hasIdentity(town, report)],
    [false, true, true],
  );
  assert.deepEqual(
    (await erasuresOf(town, answered)).map(({ because }) => because),
    ["retention"],
  );
});

/** So many answered reports with a name each, as they came that day. */
async function manyAnswered({ town, at, categories }: ATown, count: number): Promise<void> {
  await sql`
    insert into intake.report (town, id, channel, status, category, title, details, place, received_at, receipt_hash,
      first_reply_due_at, search)
    select ${town.id}, gen_random_uuid(), 'web', 'answered', ${categories.help}, '路灯', '', '', ${at}, sha256(n::text::bytea), ${at}, ''
    from generate_series(1, ${count}) n`.execute(town.db);
  await sql`
    select vault.keep(${town.id}, jsonb_agg(jsonb_build_object('report', r.id, 'kept_at', r.received_at,
      'fields', '[{"kind": "name", "sealed": "\\\\x00"}]'::jsonb)))
    from intake.report r where r.town = ${town.id} and r.category = ${categories.help}`.execute(town.db);
}

test("every identity that is due goes in one night, however many; one that fails stops nobody and is shown as overdue", async (t) => {
  const its = await aTown(t);
  const { town, at } = its;
  await manyAnswered(its, 1_203);
  assert.equal(await eraseDue(town, daysLater(at, 364)), 0);
  const { report: stuck } = await town.db.selectFrom("vault.holding").select("report").orderBy("report").executeTakeFirstOrThrow();
  const root = await aSuperuser(t, its.database);
  await root.query(`create function vault.hold_on() returns trigger language plpgsql as $$ begin raise 'held'; end $$;
    create trigger hold_on before delete on vault.field for each row when (old.report = '${stuck}') execute function vault.hold_on()`);
  const night = daysLater(at, 367);
  assert.equal(await countOverdue(town, dayOf(night)), 1_203);
  await assert.rejects(eraseDue(town, night), AggregateError);
  assert.equal(await countOverdue(town, dayOf(night)), 1);
  await root.query("drop trigger hold_on on vault.field");
  assert.equal(await eraseDue(town, night), 1);
  assert.deepEqual(await town.db.selectFrom("vault.holding").selectAll().execute(), []);
});

test("when a category keeps identities for fewer days, those it holds are counted again; when for more, they stay", async (t) => {
  const its = await aTown(t);
  const { town, at, categories } = its;
  await manyAnswered(its, 3);
  const keepFor = (days: number) =>
    town.db.updateTable("limits.category").set({ retention_days: days }).where("id", "=", categories.help).execute();
  assert.equal(await eraseDue(town, at), 0);
  await keepFor(400);
  assert.equal(await eraseDue(town, daysLater(at, 366)), 0);
  await keepFor(90);
  assert.equal(await eraseDue(town, daysLater(at, 367)), 3);
});

test("of two corrections at once neither is lost: the last one stands, and the log tells of both", async (t) => {
  const { town, at, report } = await aReporter(t);
  for (let round = 0; round < 10; round += 1) {
    const acknowledged: string[] = [];
    const correct = async (phone: string) => {
      await correctIdentity(town, at, { report, ...SAID, phone });
      acknowledged.push(phone);
    };
    await Promise.all([`1370000${round}001`, `1370000${round}002`].map(correct));
    assert.equal((await openIdentity(town, report))?.phone, acknowledged.at(-1), `round ${round}`);
  }
  assert.equal((await verbs(town)).filter((verb) => verb === "identity.corrected").length, 20);
});

test("of two first words about oneself at once neither is lost, and when all is taken back nothing is held", async (t) => {
  const its = await aTown(t);
  const { town, at } = its;
  const nobody = { name: "", phone: "", email: "", wechat: "", address: "" };
  const report = await aReport(its);
  await Promise.all(["甲", "乙"].map((name) => correctIdentity(town, at, { report, ...nobody, name })));
  assert.equal((await verbs(town)).filter((verb) => verb === "identity.corrected").length, 2);
  await correctIdentity(town, at, { report, ...nobody });
  assert.equal(await hasIdentity(town, report), false);
  assert.deepEqual(await town.db.selectFrom("vault.holding").selectAll().execute(), []);
});

test("correcting, erasing, looking, withdrawing at once end in one order: nothing is half erased, no reason outlives it", async (t) => {
  const its = await aTown(t);
  const { town, at, cast } = its;
  for (let round = 0; round < 8; round += 1) {
    const report = await aReport(its, { ...SAID, title: `第${round}件` });
    const ended = await Promise.allSettled([
      correctIdentity(town, at, { report, ...SAID, name: "王大明" }),
      eraseIdentity(town, RESIDENT, at, { report, because: "asked" }),
      lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK }),
      withdrawReport(town, at, { report, reason: "" }),
      eraseIdentity(town, RESIDENT, at, { report, because: "asked" }),
    ]);
    for (const one of ended) if (one.status === "rejected") assert.ok(one.reason instanceof Refusal, String(one.reason));
    const held = await openIdentity(town, report);
    assert.ok(held === null || held.name === "王大明", "what a later correction said, or nothing");
    const holding = await town.db.selectFrom("vault.holding").select("report").where("report", "=", report).execute();
    assert.equal(holding.length, held === null ? 0 : 1);
    const erasures = await erasuresOf(town, report);
    assert.ok(erasures.length >= 1);
  }
});

test("looks are remembered as long as the security log is kept, and no town may keep it under 184 days", async (t) => {
  const { town, at, cast, report } = await aReporter(t);
  await lookAtIdentity(town, cast.qianWen, at, { report, ...LOOK });
  await assert.rejects(town.db.updateTable("people.policy").set({ security_log_days: 183 }).execute(), /violates check constraint/);
  await town.db.updateTable("people.policy").set({ security_log_days: 184 }).execute();
  await forgetLooks(town, daysLater(at, 184));
  assert.equal((await looksAt(town, report)).length, 1);
  await forgetLooks(town, daysLater(at, 185));
  assert.equal((await looksAt(town, report)).length, 0);
});

test("a contact that an earlier version sealed whole is sorted into its fields, whatever lies before it", async (t) => {
  const its = await aReporter(t);
  const { town, at } = its;
  const older = await aReport(its, { title: "早先的" });
  const sealed = seal(town.keys.for("vault"), JSON.stringify({ name: "赵大", phone: "13100000000" }), `identity/${town.id}/${older}`);
  await sql`insert into vault.unsorted (town, report, sealed) values (${town.id}, ${older}, ${sealed})`.execute(town.db);
  const [strange, sealedElsewhere] = ["00000000-0000-7000-8000-000000000000", Buffer.alloc(64, 1)];
  await sql`insert into vault.unsorted (town, report, sealed) values (${town.id}, ${strange}, ${sealedElsewhere})`.execute(town.db);
  assert.deepEqual(await townsToSort(town.db), [town.id]);
  await assert.rejects(sortOlder(town, at), AggregateError);
  await sql`delete from vault.unsorted where report = ${strange}`.execute(town.db);
  await sortOlder(town, at);
  assert.deepEqual(await openIdentity(town, older), { name: "赵大", phone: "13100000000", email: "", wechat: "", address: "" });
  assert.deepEqual(await findByPhone(town, "13100000000"), [older]);
  assert.deepEqual(await townsToSort(town.db), []);
});
