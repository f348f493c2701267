import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { sql } from "kysely";
import { lampOf, PROBLEM_COLUMNS, type Problem } from "#ledger/problem";
import { checkWaiting } from "#office/check-waiting";
import { settleWaiting } from "#office/settle-waiting";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { settleWith } from "#platform/settling";
import { addDays, dayOf } from "#platform/instant";
import { addressOf, cloneDatabase } from "#test/database";
import { quickFolder } from "#test/quick-folder";
import { checkStanding } from "#proof/check-standing";
import { AT, testKeys } from "#test/town";
import { DEMO_OFFICERS } from "./cast.ts";
import { loadDemo } from "./load-demo.ts";

const leaving: (() => Promise<void>)[] = [];
after(async () => {
  for (const leave of leaving) await leave();
});

async function anEmptyPlace() {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-demo-"));
  const db = openDatabase({ connectionString: addressOf(database.name), max: 4 });
  settleWith(db, settleWaiting);
  leaving.push(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  return { db, keys: testKeys(), blobs: openBlobs(folder) };
}

/** Loaded once: the tests that only look share it. */
const demo = anEmptyPlace().then(async (place) => {
  assert.equal(await loadDemo(place, AT), true);
  return place;
});

type Place = Awaited<ReturnType<typeof anEmptyPlace>>;

async function problemsOf({ db }: Place): Promise<readonly Problem[]> {
  return db.selectFrom("ledger.problem as p").select(PROBLEM_COLUMNS).orderBy("p.ordinal").execute();
}

test("what waits in the demo town is what the rules say, problem by problem", async () => {
  const place = await demo;
  const { town } = await place.db.selectFrom("people.town").select("town").executeTakeFirstOrThrow();
  assert.deepEqual(await checkWaiting({ ...place, id: town }), []);
  const { count } = await place.db
    .selectFrom("office.waiting")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  assert.ok(count > 10, `${count} rows`);
});

test("the demo town shows every state of a problem, every light and every state of a report", async () => {
  const place = await demo;
  const problems = await problemsOf(place);
  assert.ok(problems.length >= 16);
  assert.deepEqual(
    new Set(problems.map(({ status }) => status)),
    new Set(["opened", "assigned", "suspended", "rectified", "verified", "closed", "dismissed"]),
  );
  assert.deepEqual(new Set(problems.map((problem) => lampOf(problem, dayOf(AT)).light)), new Set(["green", "amber", "red", "grey"]));
  const statuses = await place.db.selectFrom("intake.report").select("status").distinct().execute();
  assert.deepEqual(
    new Set(statuses.map(({ status }) => status)),
    new Set(["received", "accepted", "answered", "referred", "declined", "withdrawn"]),
  );
  const channels = await place.db.selectFrom("intake.report").select("channel").distinct().execute();
  assert.ok(channels.length >= 8);
  const future = await place.db.selectFrom("audit.event").select("id").where("at", ">", AT).execute();
  assert.deepEqual(future, []);
});

test("several reporters of the demo town wait to be called back, and can be", async () => {
  const { db } = await demo;
  const waiting = await db
    .selectFrom("office.call_back")
    .select(["question", "by_phone"])
    .where("since", "<=", AT)
    .where("until", ">", AT)
    .execute();
  assert.ok(waiting.filter(({ by_phone }) => by_phone).length >= 2, `${waiting.length} rows`);
});

test("the drawn problems stand under their numbers as they were drawn", async () => {
  const place = await demo;
  const problems = new Map((await problemsOf(place)).map((problem) => [problem.number, problem]));
  const lamp = (number: string) => {
    const problem = problems.get(number);
    assert.ok(problem);
    return lampOf(problem, dayOf(AT));
  };
  assert.deepEqual(lamp("SL-2026-0003"), { light: "grey", says: "early", days: 6 });
  assert.deepEqual(lamp("SL-2026-0007"), { light: "red", says: "overdue", days: 3 });
  assert.deepEqual(lamp("SL-2026-0011"), { light: "amber", says: "left", days: 2 });
  assert.deepEqual(lamp("SL-2026-0014"), { light: "green", says: "left", days: 21 });
  const rubbish = problems.get("SL-2026-0003");
  assert.deepEqual([rubbish?.solvedCount, rubbish?.satisfiedCount, rubbish?.answeredCount], [12, 11, 12]);
  assert.equal(problems.get("SL-2026-0007")?.reportCount, 9);
  assert.equal(problems.get("SL-2026-0011")?.progressCount, 3);
});

test("objections, a reporter's no, extensions, a hand-over, a relapse, look-backs and pictures are all there", async () => {
  const place = await demo;
  const verbs = new Set((await place.db.selectFrom("audit.event").select("verb").distinct().execute()).map(({ verb }) => verb));
  for (const verb of [
    "objection.raised",
    "answer.given",
    "answer.overruled",
    "extension.asked",
    "extension.granted",
    "problem.handed-over",
    "look-back.relapsed",
    "look-back.held",
    "check.failed",
    "suspension.approved",
    "dismissal.confirmed",
    "problem.reminded",
    "problem.me-too",
    "notice.posted",
    "problem.closed",
  ])
    assert.ok(verbs.has(verb), verb);
  const { rows } = await sql<{
    stage: string;
    count: number;
  }>`select purpose as stage, count(*)::int as count from evidence.use
    where purpose not in ('draft', 'report') group by purpose order by purpose`.execute(place.db);
  assert.deepEqual(
    rows.map(({ stage }) => stage),
    ["after", "before", "during"],
  );
  const duties = new Set(DEMO_OFFICERS.flatMap(({ duties }) => duties));
  assert.equal(duties.size, 9);
});

test("a place that holds a town is left as it is", async () => {
  const place = await demo;
  const before = await place.db.selectFrom("audit.event").select("id").execute();
  assert.equal(await loadDemo(place, AT), false);
  assert.equal((await place.db.selectFrom("audit.event").select("id").execute()).length, before.length);
});

test("the demo loads on any day: after a long holiday, after New Year without an official calendar, just after midnight", async () => {
  for (const day of ["2026-02-25", "2027-01-02"]) {
    const place = await anEmptyPlace();
    assert.equal(await loadDemo(place, new Date(`${day}T00:20:00+08:00`)), true);
    assert.ok((await problemsOf(place)).every(({ openedOn }) => openedOn <= addDays(day, 0)));
  }
});

test("every problem of the demo stands as its events tell", async () => {
  const place = await demo;
  assert.deepEqual(await checkStanding({ ...place, id: "shili" }, () => undefined), []);
});
