import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { checkSealed, commitSealed } from "#audit/commit-sealed";
import { nameReceivers } from "#limits/name-receivers";
import { checkEvents } from "#proof/check-events";
import { checkReports } from "#proof/check-standing";
import { countAgain } from "#publication/count-again";
import { countedUp } from "#test/counted-up";
import { refusedWith } from "#test/refused";
import { aDraftPhoto, DRAFT, lamp, minutesAfter, verbsOf } from "#test/report";
import { aTown, type ATown } from "#test/town";
import { addWord } from "./add-word.ts";
import { answerReport } from "./answer-report.ts";
import { categoriseReport } from "./categorise-report.ts";
import { findCoded } from "./find-slip.ts";
import { InboxFilter, listInbox } from "./inbox.ts";
import { letOutReport } from "./let-out-report.ts";
import { findReport } from "./queries.ts";
import { receiveReport } from "./receive-report.ts";
import { replyToReport } from "./reply-to-report.ts";
import { findReportersOwn, findSealed, listSealed } from "./sealed-reports.ts";
import { tellOverdue } from "./tell-overdue.ts";

const DAY_MIN = 24 * 60;
const everything = InboxFilter.parse({ status: "all" });

/** 冯正 receives; somebody told the inbox what is about an officer, with a photo and one thing added. */
async function told(t: ATown) {
  const { town, at, cast, categories } = t;
  const seal = { category: categories.wrongdoing, version: null, sealed: true, receivers: [cast.fengZheng.id] };
  await nameReceivers(town, cast.zhouXi, at, seal);
  const photo = await aDraftPhoto(town, at, "#345678");
  const what = { ...lamp(t, { title: "王路收烟才办事", details: "给了两条", place: "窗口三号", photos: [photo] }), draft: DRAFT };
  const { report, code } = await receiveReport(town, null, at, what);
  await addWord(town, minutesAfter(at, 1), { report, text: "还有一条", photos: [] });
  await replyToReport(town, cast.qianWen, minutesAfter(at, 2), { report, text: "在哪个窗口？" });
  const pass = (by = cast.qianWen) => categoriseReport(town, by, minutesAfter(at, 3), { report, category: categories.wrongdoing });
  return { report, code, photo, pass };
}

/** The tables that hold one of these texts. */
async function tablesWith({ town }: ATown, ...texts: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'pgboss')`.execute(town.db);
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: kept } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(town.db);
    if (kept.some(({ row }) => texts.some((text) => row.includes(text)))) found.push(name);
  }
  return found.sort();
}

test("what is about an officer leaves the inbox with every word, and its receivers and its reporter read it whole", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report, code, photo, pass } = await told(its);
  await pass();
  assert.equal(await findReport(town, report), null);
  assert.deepEqual((await listInbox(town, everything, () => [])).reports, []);
  assert.equal(await findSealed(town, cast.qianWen, report), null, "who passed it on cannot open it again");
  const found = await findSealed(town, cast.fengZheng, report);
  assert.deepEqual([found?.title, found?.details, found?.photos], ["王路收烟才办事", "给了两条", [photo]]);
  assert.equal(found?.firstReplyDueOn, "2026-07-31", "the day of its first reply runs on");
  assert.notEqual(found.unreadSince, null, "what was added and nobody has read waits on");
  const said = ["added", "replied", "categorised"];
  assert.deepEqual(
    found.words.map(({ kind }) => kind),
    said,
  );
  const own = await findReportersOwn(town, (await findCoded(town, code))?.id ?? "");
  assert.deepEqual([own?.category, own?.words.map(({ kind }) => kind)], [categories.wrongdoing, said]);
  assert.deepEqual(await tablesWith(its, "王路收烟", "给了两条", "窗口三号", "还有一条", "在哪个窗口"), [
    "audit.sealed_event",
    "intake.sealed_report",
    "intake.sealed_word",
  ]);
  await commitSealed(town, minutesAfter(at, DAY_MIN));
  assert.deepEqual(await checkSealed(town), []);
});

test("the log tells a referral, and rows, events and figures agree with it, also when it was late, or is let out", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report, code } = await told(its);
  const late = minutesAfter(at, 9 * DAY_MIN);
  await tellOverdue(town, late);
  await categoriseReport(town, cast.qianWen, late, { report, category: categories.wrongdoing });
  const verbs = (await verbsOf(town)).filter((verb) => verb.startsWith("report."));
  assert.deepEqual(verbs, ["report.received", "report.added-to", "report.replied", "report.overdue", "report.referred"]);
  const tallied = async () => {
    await countedUp(town);
    const sums = () =>
      sql`select measure, sum(amount)::int as sum from publication.tally where town = ${town.id}
        group by measure having sum(amount) <> 0 order by 1`.execute(town.db);
    const before = (await sums()).rows;
    await countAgain(town);
    assert.deepEqual((await sums()).rows, before);
    assert.equal(await checkEvents(town, () => undefined), null);
    assert.deepEqual(await checkReports(town), []);
    return before;
  };
  assert.deepEqual(await tallied(), [{ measure: "replied", sum: 1 }]);
  await letOutReport(town, cast.fengZheng, minutesAfter(late, 5), { report, category: categories.complaint });
  assert.deepEqual(await tallied(), []);
  const back = await findReport(town, report);
  assert.deepEqual([back?.status, back?.title], ["received", "王路收烟才办事"]);
  assert.equal((await findCoded(town, code))?.id, report);
});

test("what was decided of it is corrected first; only the desk passes it on; the same sent again is the same report", async (t) => {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const { report, pass } = await told(its);
  await assert.rejects(pass(cast.wuJie), refusedWith("officer/not-allowed"));
  const { report: answered } = await receiveReport(town, null, at, lamp(its));
  await answerReport(town, cast.qianWen, at, { report: answered, text: "明天修" });
  const to = { report: answered, category: categories.wrongdoing };
  await assert.rejects(categoriseReport(town, cast.qianWen, at, to), refusedWith("report/not-open"));
  assert.deepEqual(await listSealed(town, cast.fengZheng), []);
  await pass();
  const again = { ...lamp(its, { title: "再发一遍", device: "手机" }) };
  const first = await receiveReport(town, null, at, again);
  await categoriseReport(town, cast.qianWen, at, { report: first.report, category: categories.wrongdoing });
  const second = await receiveReport(town, null, minutesAfter(at, 4), again);
  assert.deepEqual([second.report, second.folded], [first.report, true]);
  await assert.rejects(categoriseReport(town, cast.qianWen, at, { report, category: categories.complaint }), refusedWith("report/unknown"));
});
