import assert from "node:assert/strict";
import { test } from "node:test";
import { lamp, minutesAfter } from "#test/report";
import { aTown, aTownBeside } from "#test/town";
import { acceptReport, AcceptByOpening } from "./accept-report.ts";
import { findCandidates } from "./candidates.ts";
import { declineReport } from "./decline-report.ts";
import { countInbox, InboxFilter, listInbox } from "./inbox.ts";
import { findNeighbours } from "./neighbours.ts";
import { receiveReport } from "./receive-report.ts";

/** No village is meant by what is searched for. */
const nobody = () => [];

async function alike(...sought: Parameters<typeof findCandidates>) {
  return (await findCandidates(...sought)) ?? assert.fail("it took too long to look");
}

test("what may be the same is found in any category, near by or in the village, by its words and never by place alone", async (t) => {
  const cast = await aTown(t);
  const { town, at, villages } = cast;
  const { qianWen } = cast.cast;
  const open = async (title: string, where: object, category = cast.categories.complaint) => {
    const { report } = await receiveReport(town, null, at, lamp(cast, { title }));
    return (await acceptReport(town, qianWen, at, AcceptByOpening.parse({ report, title, category, ...where }))).problem;
  };
  const same = await open("东塘村主路路灯不亮", { village: villages.dongtang });
  const near = await open("路灯坏了", { lon: 114.3901, lat: 27.812 });
  const other = await open("路灯不亮了", { village: villages.dongtang }, cast.categories.help);
  await open("路灯不亮，太远", { lon: 114.3901, lat: 27.8135 });
  await open("东塘村河段水质超III类", { village: villages.dongtang });
  await open("东塘村口三天没人收垃圾", { village: villages.dongtang });
  const here = { village: villages.dongtang, lon: 114.3901, lat: 27.8102 };
  const found = await alike(town, { ...here, text: "东塘村口路灯三天不亮" });
  assert.deepEqual(new Set(found.map(({ id }) => id)), new Set([same, near, other]));
  assert.deepEqual(
    new Set(found.map(({ id, why: { both, metres } }) => `${id === near ? "near" : "village"} ${both} ${metres}`)),
    new Set(["near 路灯 200", "village 路灯 null"]),
  );
  for (const i of [1, 2, 3, 4, 5, 6]) await open(`第${i}盏路灯不亮`, { village: villages.dongtang });
  assert.equal((await alike(town, { ...here, text: "路灯不亮" })).length, 5);
  await town.db.updateTable("ledger.problem").set({ status: "dismissed" }).where("id", "=", same).execute();
  const still = await alike(town, { village: villages.dongtang, lon: null, lat: null, text: "主路路灯" });
  assert.ok(!still.some(({ id }) => id === same || id === near));
  const beside = await aTownBeside(town);
  assert.deepEqual(await alike(beside.town, { village: villages.dongtang, lon: null, lat: null, text: "路灯" }), []);
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
    ids.toSorted((a, b) => (a < b ? -1 : 1)),
    "all are due on the same day: who wrote first comes first",
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

test("what waits stands with the most urgent first, over pages, what has no day yet at the end; all else newest first", async (t) => {
  const cast = await aTown(t);
  const { town, at, cast: officers } = cast;
  const dues = ["2026-08-05", null, "2026-08-03", "2026-08-04", null, "2026-08-03"];
  const reports: string[] = [];
  for (const [i, day] of dues.entries()) {
    const { report } = await receiveReport(town, null, minutesAfter(at, i), lamp(cast, { title: `第${i}件` }));
    const due = day === null ? null : new Date(`${day}T16:00:00Z`);
    await town.db.updateTable("intake.report").set({ first_reply_due_at: due }).where("id", "=", report).execute();
    reports.push(report);
  }
  const walk = async (status: string) => {
    const seen: number[] = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listInbox>> = await listInbox(town, InboxFilter.parse({ status, before, limit: 2 }), nobody);
      seen.push(...page.reports.map(({ id }) => reports.indexOf(id)));
      before = page.next;
    } while (before !== null);
    return seen;
  };
  const besides = async (status: string) => {
    const filter = InboxFilter.parse({ status });
    const near = await Promise.all(reports.map((report) => findNeighbours(town, filter, report)));
    return near.map(({ previous, next }) => [previous, next].map((id) => (id === null ? null : reports.indexOf(id))));
  };
  assert.deepEqual(await walk("received"), [2, 5, 3, 0, 1, 4]);
  assert.deepEqual(
    await besides("received"),
    [
      [3, 1],
      [0, 4],
      [null, 5],
      [5, 0],
      [1, null],
      [2, 3],
    ],
    "each knows the one before and the one behind",
  );
  assert.deepEqual((await besides("all"))[0], [1, null]);
  assert.deepEqual(await walk("all"), [5, 4, 3, 2, 1, 0]);
  const page = await listInbox(town, InboxFilter.parse({ limit: 2 }), nobody);
  await acceptReport(
    town,
    officers.qianWen,
    at,
    AcceptByOpening.parse({ report: page.next ?? "", title: "灯", category: cast.categories.help }),
  );
  const then = await listInbox(town, InboxFilter.parse({ before: page.next, limit: 2 }), nobody);
  assert.deepEqual(
    then.reports.map(({ id }) => reports.indexOf(id)),
    [3, 0],
    "the page goes on where it ended, though that one is dealt with",
  );
});

test("the inbox is put in order by when reports came in, forwards and backwards, and says how many it has", async (t) => {
  const cast = await aTown(t);
  const { town, at, cast: officers } = cast;
  const reports: string[] = [];
  for (const i of [0, 1, 2, 3, 4])
    reports.push((await receiveReport(town, null, minutesAfter(at, i), lamp(cast, { title: `第${i}件` }))).report);
  await declineReport(town, officers.qianWen, minutesAfter(at, 9), { report: reports[1] ?? "", reason: "不属本镇" });
  const walk = async (order: string, status = "received") => {
    const filter = InboxFilter.parse({ order, status, limit: 2 });
    const seen: number[] = [];
    for (let before: string | null = null, more = true; more;) {
      const page = await listInbox(town, { ...filter, before }, nobody);
      seen.push(...page.reports.map(({ id }) => reports.indexOf(id)));
      [before, more] = [page.next, page.next !== null];
    }
    return seen;
  };
  assert.deepEqual(await walk("newest"), [4, 3, 2, 0]);
  assert.deepEqual(await walk("oldest"), [0, 2, 3, 4]);
  assert.deepEqual(await walk("oldest", "all"), [0, 1, 2, 3, 4]);
  assert.deepEqual(await walk("due", "all"), [4, 3, 2, 1, 0], "what does not wait has no day to come");
  const near = await findNeighbours(town, InboxFilter.parse({ order: "oldest" }), reports[2] ?? "");
  assert.deepEqual([near.previous, near.next], [reports[0], reports[3]], "who follows is who stands below it");
  const counted = (filter: object) => countInbox(town, InboxFilter.parse(filter));
  assert.deepEqual(await counted({}), { count: 4, isExact: true });
  assert.deepEqual(await counted({ status: "all" }), { count: 5, isExact: true });
  assert.deepEqual(await counted({ status: "declined" }), { count: 1, isExact: true });
  assert.deepEqual(await counted({ category: cast.categories.help }), { count: 0, isExact: true });
});
