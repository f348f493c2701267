import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { countWaiting as countReports, InboxFilter, listInbox } from "#intake/inbox";
import { findCandidates } from "#intake/candidates";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { resumeDueProblems } from "#ledger/resume-problem";
import { DUTIES, type Officer } from "#people/officer";
import { openDatabase } from "#platform/database";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { readFigures } from "#publication/figures";
import { listChanges } from "#publication/latest-changes";
import { countWaiting, ENOUGH, listTasks, listWaitingReports, STEPS } from "#publication/office-queries";
import { ProblemFilter } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { findStory } from "#publication/problem-story";
import { aProblem } from "#test/desk";
import { aSuperuser } from "#test/superuser";
import { aTown, type ATown } from "#test/town";
import { findDesk } from "#verification/desk";

const MANY = 50_000;
/** A table smaller than this may be read whole: it does not grow with the years. */
const GROWING = 10_000;
/** A page's worth, of every step an officer can be waited for. */
const MOST_ROWS = 5 * ENOUGH * STEPS.length;

/** One report and one problem, fifty thousand times: two in three closed long ago, the others in hand, their replies due one after another. */
async function multiply(t: TestContext, cast: ATown): Promise<void> {
  await receiveReport(cast.town, null, cast.at, {
    ...ReceiveReport.parse({ title: "东塘村口路灯不亮", category: cast.categories.complaint, village: cast.villages.dongtang }),
    channel: "web",
  });
  await aProblem(cast);
  const admin = await aSuperuser(t, cast.database);
  await admin.query("set session_replication_role = replica");
  await admin.query(
    `insert into intake.report select (jsonb_populate_record(r, jsonb_build_object(
         'id', uuidv7(), 'receipt_hash', '\\x' || encode(sha256(n::text::bytea), 'hex'), 'first_reply_due_at', r.first_reply_due_at + n * interval '1 minute',
         'status', case when n % 3 = 0 then 'received' else 'declined' end))).*
       from intake.report r, generate_series(1, $1::int) n`,
    [MANY],
  );
  await admin.query(
    `insert into ledger.problem select (jsonb_populate_record(p, jsonb_build_object(
         'id', uuidv7(), 'number', 'SL-2026-' || (n + 1000), 'ordinal', p.ordinal + n, 'leaders', array[$2::uuid], 'unit', $3::uuid,
         'measures', array['清理'], 'goal', '清', 'assigned_on', p.opened_on, 'due_on', p.opened_on + (n % 300), 'original_due_on', p.opened_on + (n % 300), 'amber_on', p.opened_on + (n % 250),
         'rectified_on', p.opened_on, 'closed_on', case when n % 3 > 0 then p.opened_on end,
         'status', case when n % 3 > 0 then 'closed' else (array['opened', 'assigned', 'rectified', 'verified'])[1 + n / 3 % 4] end))).*
       from ledger.problem p, generate_series(1, $1::int) n`,
    [MANY, cast.cast.wangLu.id, cast.units.sanitation],
  );
  await admin.query(
    `insert into audit.event select (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(), 'subject', p.id))).*
       from ledger.problem p cross join lateral (select * from audit.event e where e.verb = 'problem.opened' limit 1) e`,
  );
  await admin.query("vacuum analyze");
}

function questionsOf({ at, categories, cast, units }: ATown): Readonly<Record<string, (town: Town) => Promise<unknown>>> {
  const everybody: Officer = { ...cast.qianWen, unit: units.sanitation, duties: new Set(DUTIES) };
  const today = dayOf(at);
  const inbox = (filter: object) => (town: Town) => listInbox(town, InboxFilter.parse(filter));
  const ledger = (filter: object) => (town: Town) => listProblems(town, ProblemFilter.parse(filter), today);
  return {
    "today's work": (town) => listTasks(town, everybody, at, today),
    ...Object.fromEntries(
      DUTIES.map((duty) => [
        `what waits for a ${duty}`,
        (town: Town) => countWaiting(town, { ...cast.qianWen, duties: new Set([duty]) }, at, today),
      ]),
    ),
    "what waits for a leader": (town) => countWaiting(town, cast.wangLu, at, today),
    "what waits for a handler": (town) => countWaiting(town, cast.wuJie, at, today),
    "the office's counts": (town) => countReports(town, at),
    "the queue of reports": (town) => listWaitingReports(town, 20),
    "the inbox": inbox({}),
    "the inbox, everything": inbox({ status: "all" }),
    "the ledger": ledger({}),
    "the ledger, overdue": ledger({ light: "red" }),
    "the ledger, closed": ledger({ status: "closed" }),
    "the ledger of a unit": ledger({ unit: units.sanitation }),
    "the latest changes": (town) => listChanges(town, 10),
    "a problem": (town) => findStory(town, "SL-2026-1003"),
    "a problem's desk": (town) => findDesk(town, "SL-2026-1003", at),
    "the figures": (town) => readFigures(town, at, today),
    "similar problems": (town) =>
      findCandidates(town, { category: categories.complaint, village: null, lon: 114.39, lat: 27.81, text: "东塘村口路灯不亮" }),
    "what resumes today": (town) => resumeDueProblems(town, at),
  };
}

test(
  "what every page asks reads no growing table whole, nor more rows than pages show, at fifty thousand",
  { timeout: 300_000 },
  async (t) => {
    const cast = await aTown(t);
    await multiply(t, cast);
    const db = openDatabase({ connectionString: cast.database, max: 1 });
    t.after(() => db.destroy());
    const town: Town = { ...cast.town, db };
    const readSoFar = async () => {
      await sql`select pg_stat_force_next_flush()`.execute(db);
      await sql`select pg_stat_clear_snapshot()`.execute(db);
      const { rows } = await sql<{ whole: number; rows: number }>`
      select coalesce(sum(s.seq_scan), 0)::int as whole, coalesce(sum(s.seq_tup_read + s.idx_tup_fetch), 0)::int as rows
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.reltuples >= ${GROWING}`.execute(db);
      return rows[0] ?? { whole: 0, rows: 0 };
    };
    const tooMuch: string[] = [];
    for (const [what, ask] of Object.entries(questionsOf(cast))) {
      const before = await readSoFar();
      await ask(town);
      const after = await readSoFar();
      const [whole, rows] = [after.whole - before.whole, after.rows - before.rows];
      if (whole > 0 || rows > MOST_ROWS) tooMuch.push(`${what}: ${whole} growing tables read whole, ${rows} rows`);
    }
    assert.deepEqual(tooMuch, []);
  },
);
