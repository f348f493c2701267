import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { Town } from "#platform/town";
import { refusedWith } from "#test/refused";
import { aDraftPhoto, DRAFT, lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown, aTownBeside } from "#test/town";
import { phoneMarks } from "#vault/seal-identity";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { countWaiting } from "./inbox.ts";
import { findLookAlikes } from "./look-alikes.ts";
import { findReport, findReportByCode } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";

async function reportCount(town: Town): Promise<number> {
  return (await town.db.selectFrom("intake.report").select("id").where("town", "=", town.id).execute()).length;
}

/** The reports whose sender gave this number. */
async function reportsUnder(town: Town, phone: string): Promise<readonly string[]> {
  const fields = town.db.selectFrom("vault.field").select("report").where("town", "=", town.id);
  return (await fields.where("mark", "in", phoneMarks(town, phone)).execute()).map(({ report }) => report);
}

type Said = Parameters<typeof lamp>[1];

/** Every row of every table as text, bytes in hex: what a stolen dump would show. */
async function dumpOf(town: Town): Promise<string> {
  const tables = await town.db.introspection.getTables();
  let dump = "";
  for (const { schema = "", name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(`${schema}.${name}`)} as t`.execute(town.db);
    dump += rows.map(({ row }) => row).join("\n");
  }
  return dump;
}

test("a report is received with a receipt code, a day for the first reply, and one event", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { report, code, folded } = await receiveReport(town, null, at, lamp(cast));
  assert.equal(folded, false);
  const found = await findReportByCode(town, ` ${code.slice(0, 5).toLowerCase()} - ${code.slice(5)} `);
  assert.equal(found?.id, report);
  assert.equal(found.status, "received");
  // Tuesday 28 July, three working days
  assert.equal(found.firstReplyDueOn, "2026-07-31");
  assert.deepEqual(await verbsOf(town), ["report.received"]);
  const texts = await town.db.selectFrom("audit.private_text").select(["field", "text"]).orderBy("field").execute();
  assert.deepEqual(texts, [
    { field: "details", text: "老人夜里出门看不见路。" },
    { field: "title", text: "东塘村口路灯三天不亮" },
  ]);
});

test("neither phone, name nor receipt code stands readable anywhere in the database", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { code } = await receiveReport(town, null, at, lamp(cast, { name: "王小明", phone: "138 0000 1234", device: "device-7f3a" }));
  const dump = await dumpOf(town);
  assert.ok(dump.includes("东塘村口路灯三天不亮"), "the dump shows what it should");
  for (const secret of ["13800001234", "王小明", code, `${code.slice(0, 5)}-${code.slice(5)}`, "device-7f3a"]) {
    assert.ok(!dump.includes(secret), secret);
    assert.ok(!dump.includes(Buffer.from(secret).toString("hex")), `${secret} as bytes`);
  }
});

test("the same report sent again within ten minutes is folded into the first and shows the same receipt", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const first = await receiveReport(town, null, at, lamp(cast, { device: "a-phone", phone: "13800001234" }));
  const again = await receiveReport(town, null, minutesAfter(at, 9), lamp(cast, { device: "a-phone", phone: "138 0000 1234" }));
  assert.deepEqual(again, { ...first, folded: true });
  assert.equal(await reportCount(town), 1);
  assert.deepEqual(await verbsOf(town), ["report.received"]);
});

test("whatever the reporter says otherwise is a report of its own, and so is the same after ten minutes or from elsewhere", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const photo = await aDraftPhoto(town, at, "#123");
  await receiveReport(town, null, at, lamp(cast, { device: "a-phone" }));
  const others: readonly (readonly [number, Said])[] = [
    [11, { device: "a-phone" }],
    [1, { device: "b-phone" }],
    [1, { device: "a-phone", details: "又坏了一盏" }],
    [1, { device: "a-phone", title: "东塘村口路灯3-5天不亮" }],
    [1, { device: "a-phone", title: "东塘村口路灯35天不亮" }],
    [1, { device: "a-phone", category: cast.categories.hazard }],
    [1, { device: "a-phone", village: cast.villages.xiling }],
    [1, { device: "a-phone", place: "村委会门口" }],
    [1, { device: "a-phone", lon: "114.39", lat: "27.81" }],
    [1, { device: "a-phone", photos: [photo] }],
    [1, { device: "a-phone", phone: "13800001234" }],
    [1, { device: "a-phone", name: "王小明" }],
    [1, {}],
    [2, {}],
  ];
  for (const [minutes, typed] of others) {
    const { folded } = await receiveReport(town, null, minutesAfter(at, minutes), { ...lamp(cast, typed), draft: DRAFT });
    assert.equal(folded, false, JSON.stringify([minutes, typed]));
  }
  assert.equal(await reportCount(town), others.length + 1);
});

test("whoever knows a number and the words gets a receipt of their own, never the first sender's", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const first = await receiveReport(town, null, at, lamp(cast, { phone: "13800001234", device: "a" }));
  const stranger = await receiveReport(town, null, at, lamp(cast, { phone: "13800001234", device: "b" }));
  const program = await receiveReport(town, null, at, lamp(cast, { phone: "13800001234" }));
  assert.deepEqual([stranger.folded, program.folded], [false, false]);
  assert.equal(new Set([first.code, stranger.code, program.code]).size, 3);
});

test("at triage the same sentence or the same number within a day is shown as perhaps the same, without telling whose", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { qianWen } = cast.cast;
  const send = (typed: Said, when = at) => receiveReport(town, null, when, lamp(cast, typed)).then(({ report }) => report);
  const first = await send({ phone: "13800001234" });
  const byNumber = await send({ title: "村口太黑", phone: "+86 138 0000 1234" });
  const byWords = await send({ village: cast.villages.xiling });
  const byBoth = await send({ phone: "13800001234", details: "" });
  await send({ title: "井盖坏了", phone: "13900005678" });
  await send({ phone: "13800001234" }, minutesAfter(at, 25 * 60));
  const shown = async () => {
    const report = await findReport(town, first);
    return report === null ? [] : (await findLookAlikes(town, qianWen, report)).map(({ id, by }) => [id, by]);
  };
  assert.deepEqual(await shown(), [
    [byBoth, ["contact", "words"]],
    [byWords, ["words"]],
    [byNumber, ["contact"]],
  ]);
  // whoever answers for the other one's problem never learns who reported it, not even that it was the same number
  const opening = AcceptByOpening.parse({ report: byNumber, title: "村口太黑", category: cast.categories.complaint });
  await acceptReport(town, qianWen, at, opening);
  await town.db
    .updateTable("ledger.problem")
    .set({ leaders: [qianWen.id] })
    .execute();
  assert.ok(!(await shown()).some(([id]) => id === byNumber));
});

test("ten equal reports at once make one report and ten equal receipts", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  for (const typed of [{ device: "x" }, { title: "桥栏杆断了", device: "x", phone: "13800001234" }]) {
    const all = await Promise.all(Array.from({ length: 10 }, () => receiveReport(town, null, at, lamp(cast, typed))));
    assert.equal(new Set(all.map(({ report }) => report)).size, 1);
    assert.equal(new Set(all.map(({ code }) => code)).size, 1);
    assert.equal(all.filter(({ folded }) => !folded).length, 1);
  }
  assert.equal(await reportCount(town), 2);
  assert.deepEqual(await verbsOf(town), ["report.received", "report.received"]);
});

test("of sixty who send in one moment each has receipt, identity and event; one that cannot be kept is refused alone", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const said = Array.from({ length: 60 }, (_, n) => lamp(cast, { title: `第${n}盏路灯不亮`, phone: `1380000${1000 + n}` }));
  const tooLong = { ...lamp(cast), title: "灯".repeat(201) };
  const outcomes = await Promise.allSettled(
    [...said.slice(0, 30), tooLong, ...said.slice(30)].map((one) => receiveReport(town, null, at, one)),
  );
  assert.deepEqual(
    outcomes.flatMap(({ status }, i) => (status === "rejected" ? [i] : [])),
    [30],
  );
  const kept = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  for (const [n, { report, code }] of kept.entries()) {
    assert.equal((await findReportByCode(town, code))?.title, `第${n}盏路灯不亮`);
    assert.deepEqual(await reportsUnder(town, `1380000${1000 + n}`), [report]);
  }
  assert.deepEqual(await verbsOf(town), Array(60).fill("report.received"));
  assert.equal(await reportCount(town), 60);
});

test("an unknown calendar year does not stop a report: it is kept without a day, and the office sees that", async (t) => {
  const cast = await aTown(t);
  const { town } = cast;
  const at = new Date("2027-03-01T09:00:00+08:00");
  const { report } = await receiveReport(town, null, at, lamp(cast));
  assert.equal((await findReport(town, report))?.firstReplyDueAt, null);
  assert.deepEqual(await countWaiting(town, at), { waiting: 1, late: 0, withoutDay: 1 });
});

test("limits changed while the program runs hold for the next report", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  await receiveReport(town, null, at, lamp(cast));
  await town.db.updateTable("limits.category").set({ first_reply_limit: 1 }).where("id", "=", cast.categories.complaint).execute();
  const { report } = await receiveReport(town, null, at, lamp(cast));
  assert.equal((await findReport(town, report))?.firstReplyDueOn, "2026-07-29");
  await town.db.updateTable("limits.category").set({ retired_at: at }).where("id", "=", cast.categories.complaint).execute();
  await assert.rejects(receiveReport(town, null, at, lamp(cast)), refusedWith("category/unknown"));
});

test("a refused report leaves nothing: other towns' categories and villages, photos nobody sent, officers who may not", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const beside = await aTownBeside(town);
  const refusals = [
    [lamp(cast, { category: beside.categories.complaint }), "category/unknown"],
    [lamp(cast, { village: beside.villages.dongtang, device: "a" }), "village/unknown"],
    [lamp(cast, { photos: ["0".repeat(64)], device: "a" }), "file/unknown"],
  ] as const;
  for (const [what, code] of refusals) await assert.rejects(receiveReport(town, null, at, what), refusedWith(code));
  await assert.rejects(receiveReport(town, cast.cast.wuJie, at, lamp(cast)), refusedWith("officer/not-allowed"));
  assert.equal(await reportCount(town), 0);
  assert.deepEqual(await verbsOf(town), []);
  assert.deepEqual(await town.db.selectFrom("intake.sending").selectAll().execute(), []);
});

test("what cannot be stored is said beside its field: NUL, lone surrogates, too long, impossible phones and places", () => {
  const good = { title: "路灯不亮", category: "0198f3c0-0000-7000-8000-000000000000" };
  const faultOf = (typed: Said) =>
    ReceiveReport.safeParse({ ...good, ...typed }).error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  assert.equal(faultOf({}), undefined);
  for (const title of [" \t ", "\u200b", "\u3164\ufe0f", "\u0301"]) assert.deepEqual(faultOf({ title }), ["title text/missing"]);
  assert.deepEqual(faultOf({ title: "a\u0000b" }), ["title text/not-text"]);
  assert.deepEqual(faultOf({ details: "\ud83d" }), ["details text/not-text"]);
  assert.deepEqual(faultOf({ details: "长".repeat(100_000) }), ["details text/too-long"]);
  assert.deepEqual(faultOf({ phone: "打我电话" }), ["phone phone/impossible"]);
  assert.deepEqual(faultOf({ lon: "999", lat: "x" }), ["lon position/impossible", "lat position/impossible"]);
  assert.deepEqual(faultOf({ photos: Array.from({ length: 7 }, () => "a".repeat(64)) }), ["photos photo/too-many"]);
  assert.deepEqual(faultOf({ photos: ["../../etc/passwd"] }), ["photos choice/unknown"]);
});
