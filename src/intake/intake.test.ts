import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import type { Purpose } from "#evidence/upload";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { addWord } from "./add-word.ts";
import { answerReport } from "./answer-report.ts";
import { findCandidates } from "./candidates.ts";
import { declineReport } from "./decline-report.ts";
import { countWaiting, InboxFilter, listInbox } from "./inbox.ts";
import { findLookAlikes } from "./look-alikes.ts";
import { findReport, findReportByCode } from "./queries.ts";
import { receiveReport, ReceiveReport } from "./receive-report.ts";
import { referReport } from "./refer-report.ts";
import { withdrawReport } from "./withdraw-report.ts";

const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

type Typed = Partial<Record<keyof ReceiveReport, unknown>>;

function lamp(at: ATown, typed: Typed = {}) {
  const what = ReceiveReport.parse({
    title: "东塘村口路灯三天不亮",
    details: "老人夜里出门看不见路。",
    category: at.categories.complaint,
    village: at.villages.dongtang,
    ...typed,
  });
  return { ...what, channel: "web" as const };
}

const minutesAfter = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

async function events(town: Town): Promise<readonly string[]> {
  const rows = await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute();
  return rows.map(({ verb }) => verb);
}

async function reportCount(town: Town): Promise<number> {
  return (await town.db.selectFrom("intake.report").select("id").where("town", "=", town.id).execute()).length;
}

const DRAFT = "0198b6a0-0000-7000-8000-000000000001";

async function aPhoto(town: Town, at: Date, colour: string, purpose: Purpose = { kind: "draft", id: DRAFT }): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return (await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, purpose })).sha256;
}

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

/** No village is meant by what is searched for. */
const nobody = () => [];

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
  assert.deepEqual(await events(town), ["report.received"]);
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
  assert.deepEqual(await events(town), ["report.received"]);
});

test("whatever the reporter says otherwise is a report of its own, and so is the same after ten minutes or from elsewhere", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const photo = await aPhoto(town, at, "#123");
  await receiveReport(town, null, at, lamp(cast, { device: "a-phone" }));
  const others: readonly (readonly [number, Typed])[] = [
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
  const send = (typed: Typed, when = at) => receiveReport(town, null, when, lamp(cast, typed)).then(({ report }) => report);
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
  assert.deepEqual(await events(town), ["report.received", "report.received"]);
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
  await town.db.updateTable("rules.category").set({ first_reply_limit: 1 }).where("id", "=", cast.categories.complaint).execute();
  const { report } = await receiveReport(town, null, at, lamp(cast));
  assert.equal((await findReport(town, report))?.firstReplyDueOn, "2026-07-29");
  await town.db.updateTable("rules.category").set({ retired_at: at }).where("id", "=", cast.categories.complaint).execute();
  await assert.rejects(receiveReport(town, null, at, lamp(cast)), refusedWith("category/unknown"));
});

test("a refused report leaves nothing: other towns' categories and villages, photos nobody sent, officers who may not register", async (t) => {
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
  assert.deepEqual(await events(town), []);
  assert.deepEqual(await town.db.selectFrom("intake.sending").selectAll().execute(), []);
});

test("what cannot be stored is said beside its field: NUL, lone surrogates, too long, impossible phones and places", () => {
  const good = { title: "路灯不亮", category: "0198f3c0-0000-7000-8000-000000000000" };
  const faultOf = (typed: Typed) =>
    ReceiveReport.safeParse({ ...good, ...typed }).error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  assert.equal(faultOf({}), undefined);
  assert.deepEqual(faultOf({ title: " \t " }), ["title text/missing"]);
  assert.deepEqual(faultOf({ title: "a\u0000b" }), ["title text/not-text"]);
  assert.deepEqual(faultOf({ details: "\ud83d" }), ["details text/not-text"]);
  assert.deepEqual(faultOf({ details: "长".repeat(100_000) }), ["details text/too-long"]);
  assert.deepEqual(faultOf({ phone: "打我电话" }), ["phone phone/impossible"]);
  assert.deepEqual(faultOf({ lon: "999", lat: "x" }), ["lon position/impossible", "lat position/impossible"]);
  assert.deepEqual(faultOf({ photos: Array.from({ length: 7 }, () => "a".repeat(64)) }), ["photos photo/too-many"]);
  assert.deepEqual(faultOf({ photos: ["../../etc/passwd"] }), ["photos choice/unknown"]);
});

test("a consultation is answered, another report referred, a third declined; each once, and its reporter reads why", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { qianWen } = cast.cast;
  const [a, b, c] = await Promise.all(["甲", "乙", "丙"].map((title) => receiveReport(town, null, at, lamp(cast, { title }))));
  assert.ok(a && b && c);
  const later = minutesAfter(at, 60);
  await answerReport(town, qianWen, later, { report: a.report, text: "周一到周五九点开门。" });
  await referReport(town, qianWen, later, { report: b.report, referredTo: "县供电所", reason: "线路归供电所管。" });
  await declineReport(town, qianWen, later, { report: c.report, reason: "现场查看无此情况。" });
  await assert.rejects(declineReport(town, qianWen, later, { report: a.report, reason: "再说一次" }), refusedWith("report/not-open"));
  await assert.rejects(
    answerReport(town, cast.cast.wuJie, later, { report: a.report, text: "我来答" }),
    refusedWith("officer/not-allowed"),
  );
  const words = await Promise.all(
    [a, b, c].map(async ({ report }) =>
      (await findReport(town, report))?.words.map(({ kind, text, referredTo }) => [kind, text, referredTo]),
    ),
  );
  assert.deepEqual(words, [
    [["answered", "周一到周五九点开门。", ""]],
    [["referred", "线路归供电所管。", "县供电所"]],
    [["declined", "现场查看无此情况。", ""]],
  ]);
  assert.deepEqual((await findReport(town, a.report))?.firstAnsweredAt, later);
  assert.deepEqual((await events(town)).slice(3).sort(), ["report.answered", "report.declined", "report.referred"]);
});

test("two clerks settle one report at once: one does, the other is refused", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { report } = await receiveReport(town, null, at, lamp(cast));
  const outcomes = await Promise.allSettled([
    answerReport(town, cast.cast.qianWen, at, { report, text: "已修好。" }),
    declineReport(town, cast.cast.zhengShang, at, { report, reason: "不属实" }),
  ]);
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal((await findReport(town, report))?.words.length, 1);
  assert.equal((await events(town)).length, 2);
});

test("a report opens a problem, the next one joins it, and taking one back leaves the other counted", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { qianWen } = cast.cast;
  const [first, second] = await Promise.all([
    receiveReport(town, null, at, lamp(cast)),
    receiveReport(town, null, at, { ...lamp(cast, { title: "村口太黑" }), channel: "letter" as const }),
  ]);
  const opening = AcceptByOpening.parse({
    report: first.report,
    title: "东塘村口路灯不亮",
    category: cast.categories.complaint,
    village: cast.villages.dongtang,
    theme: cast.themes.nature,
  });
  const { problem } = await acceptReport(town, qianWen, at, opening);
  await acceptReport(town, qianWen, at, { report: second.report, problem });
  const joined = await town.db.selectFrom("ledger.joined_report").select(["report", "reachable"]).orderBy("reachable").execute();
  assert.deepEqual(joined, [
    { report: second.report, reachable: false },
    { report: first.report, reachable: true },
  ]);
  await withdrawReport(town, at, { report: first.report, reason: "已经修好了" });
  await assert.rejects(withdrawReport(town, at, { report: first.report, reason: "" }), refusedWith("report/nothing-to-withdraw"));
  const row = await town.db
    .selectFrom("ledger.problem")
    .select(["report_count", "status"])
    .where("id", "=", problem)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { report_count: 1, status: "opened" });
  const found = await findReport(town, first.report);
  assert.equal(found?.status, "withdrawn");
  assert.equal(found.problemNumber, "SL-2026-0001");
});

test("a report taken back and sent again within ten minutes is a new report", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const first = await receiveReport(town, null, at, lamp(cast, { device: "a" }));
  await withdrawReport(town, at, { report: first.report, reason: "" });
  const again = await receiveReport(town, null, at, lamp(cast, { device: "a" }));
  assert.equal(again.folded, false);
  assert.notEqual(again.report, first.report);
});

test("a reporter adds words and photos, up to a bound, while the report is being worked on", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  const { report } = await receiveReport(town, null, at, lamp(cast));
  const photo = await aPhoto(town, at, "#abc", { kind: "report", id: report });
  await addWord(town, at, { report, text: "昨晚又摔了一个人。", photos: [photo] });
  assert.deepEqual((await findReport(town, report))?.photos, [photo]);
  await assert.rejects(addWord(town, at, { report, text: "x", photos: ["f".repeat(64)] }), refusedWith("file/unknown"));
  for (let i = 1; i < 20; i++) await addWord(town, at, { report, text: `第${i}次`, photos: [] });
  const before = await events(town);
  await assert.rejects(addWord(town, at, { report, text: "再说一次", photos: [] }), refusedWith("report/words-too-many"));
  await declineReport(town, cast.cast.qianWen, at, { report, reason: "重复" });
  await assert.rejects(addWord(town, at, { report, text: "不服", photos: [] }), refusedWith("report/not-open"));
  assert.equal((await events(town)).length, before.length + 1);
});

test("candidates are open problems of the same category nearby or in the same village, the likest first, five at most", async (t) => {
  const cast = await aTown(t);
  const { town, at, villages } = cast;
  const { qianWen } = cast.cast;
  const open = async (title: string, where: object, category = cast.categories.complaint) => {
    const { report } = await receiveReport(town, null, at, lamp(cast, { title }));
    return (await acceptReport(town, qianWen, at, AcceptByOpening.parse({ report, title, category, ...where }))).problem;
  };
  const same = await open("东塘村主路路灯不亮", { village: villages.dongtang });
  const near = await open("路灯坏了", { lon: 114.3901, lat: 27.812 });
  await open("路灯不亮，太远", { lon: 114.3901, lat: 27.8135 });
  await open("路灯不亮", { village: villages.dongtang }, cast.categories.help);
  for (const i of [1, 2, 3, 4, 5]) await open(`水沟堵了${i}`, { village: villages.dongtang });
  const found = await findCandidates(town, {
    category: cast.categories.complaint,
    village: villages.dongtang,
    lon: 114.3901,
    lat: 27.8102,
    text: "东塘村口路灯三天不亮",
  });
  assert.equal(found.length, 5);
  assert.deepEqual(
    found.slice(0, 2).map(({ id }) => id),
    [same, near],
  );
  await town.db.updateTable("ledger.problem").set({ status: "dismissed" }).where("id", "=", same).execute();
  const still = await findCandidates(town, {
    category: cast.categories.complaint,
    village: villages.dongtang,
    lon: null,
    lat: null,
    text: "路灯",
  });
  assert.ok(!still.some(({ id }) => id === same || id === near));
  const beside = await aTownBeside(town);
  assert.deepEqual(
    await findCandidates(beside.town, {
      category: cast.categories.complaint,
      village: villages.dongtang,
      lon: null,
      lat: null,
      text: "路灯",
    }),
    [],
  );
});

test("the inbox turns pages by key, finds words in both languages, and never finds what only resembles them", async (t) => {
  const cast = await aTown(t);
  const { town, at } = cast;
  for (let i = 0; i < 25; i++)
    await receiveReport(
      town,
      null,
      minutesAfter(at, i),
      lamp(cast, { title: `第${i}件：${i % 2 === 0 ? "路灯不亮" : "Wi-Fi 100% 不通"}` }),
    );
  const ids: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listInbox>> = await listInbox(town, InboxFilter.parse({ before, limit: 10 }), nobody);
    ids.push(...page.reports.map(({ id }) => id));
    before = page.next;
  } while (before !== null);
  assert.equal(new Set(ids).size, 25);
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => (a < b ? 1 : -1)),
  );
  const found = async (q: string) => (await listInbox(town, InboxFilter.parse({ q, limit: 100 }), nobody)).reports.length;
  assert.deepEqual(
    [
      await found("路灯"),
      await found("WI-FI"),
      await found("100%"),
      await found("灯路"),
      await found("100_"),
      await found("???"),
      await found("' or 1=1 --"),
    ],
    [13, 12, 12, 0, 12, 0, 0],
  );
  assert.equal((await listInbox(town, InboxFilter.parse({ status: "answered" }), nobody)).reports.length, 0);
  const [first] = (await listInbox(town, InboxFilter.parse({ status: "nonsense", limit: "x", before: "y", channel: "z" }), nobody)).reports;
  assert.ok(first && !("phone" in first) && !("receiptHash" in first));
});
