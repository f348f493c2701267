import assert from "node:assert/strict";
import { test } from "node:test";
import { countAgain } from "#publication/count-again";
import { readFigures } from "#publication/figures";
import { calendarVersion } from "#limits/calendar";
import { retireCategory } from "#limits/retire-category";
import { countedUp } from "#test/counted-up";
import { actOn, aProblem } from "#test/desk";
import { AT, aTown } from "#test/town";
import { AdoptCalendar, adoptCalendar } from "./adopt-calendar.ts";
import { answerReport } from "./answer-report.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { tellOverdue } from "./tell-overdue.ts";

const year = (number: number, ...days: readonly string[]) =>
  AdoptCalendar.parse({ version: null, year: number, source: "示例通知", days: days.map((day) => ({ day, kind: "off", name: "" })) });

test("a year imported later gives the reports that waited for it their first-reply day", async (context) => {
  const { town, cast, categories } = await aTown(context);
  const newYearsEve = new Date("2026-12-31T09:00:00+08:00");
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint });
  const { report } = await receiveReport(town, null, newYearsEve, { ...what, channel: "web" });
  const due = async () =>
    (await town.db.selectFrom("intake.report").select("first_reply_due_at as at").where("id", "=", report).executeTakeFirstOrThrow()).at;
  assert.equal(await due(), null);
  await adoptCalendar(town, cast.zhouXi, newYearsEve, year(2027, "2027-01-01"));
  assert.deepEqual(await due(), new Date("2027-01-07T00:00:00+08:00"));
  const recounted = await town.db
    .selectFrom("audit.event")
    .select("body")
    .where("verb", "=", "deadlines.recounted")
    .executeTakeFirstOrThrow();
  assert.deepEqual(JSON.parse(recounted.body), {
    facts: { year: 2027, reports: 1, problems: 0, notices: 0, objections: 0, flags: 0 },
    words: {},
  });
});

const NEW_YEARS_EVE = new Date("2026-12-31T09:00:00+08:00");

test("a report answered before its calendar came, or of a category retired since, gets its day, and figures count it", async (context) => {
  const { town, cast, categories } = await aTown(context);
  const send = async (category: string) =>
    (await receiveReport(town, null, NEW_YEARS_EVE, { ...ReceiveReport.parse({ title: "路灯不亮", category }), channel: "web" })).report;
  const [answered, filed] = [await send(categories.complaint), await send(categories.help)];
  await answerReport(town, cast.qianWen, new Date("2027-01-10T09:00:00+08:00"), { report: answered, text: "已经修好" });
  await retireCategory(town, cast.zhouXi, NEW_YEARS_EVE, { category: categories.help, version: null });
  const inTime = async () => {
    await countedUp(town);
    return (await readFigures(town, "2026-12-31")).town.response.counted;
  };
  assert.equal(await inTime(), 1, "nothing is late before its day is known");
  await adoptCalendar(town, cast.zhouXi, new Date("2027-01-15T09:00:00+08:00"), year(2027, "2027-01-01"));
  for (const report of [answered, filed]) {
    const { at } = await town.db
      .selectFrom("intake.report")
      .select("first_reply_due_at as at")
      .where("id", "=", report)
      .executeTakeFirstOrThrow();
    assert.deepEqual(at, new Date("2027-01-07T00:00:00+08:00"));
  }
  await tellOverdue(town, new Date("2027-01-15T09:01:00+08:00"));
  assert.equal(await inTime(), 0);
  await countAgain(town);
  assert.equal(await inTime(), 0);
});

test("a corrected year moves a first reply that waits, and none that was set by other limits", async (context) => {
  const { town, cast, categories } = await aTown(context);
  const send = async (category: string) =>
    (await receiveReport(town, null, AT, { ...ReceiveReport.parse({ title: "路灯不亮", category }), channel: "web" })).report;
  const [plain, before] = [await send(categories.complaint), await send(categories.help)];
  const due = async (report: string) =>
    (await town.db.selectFrom("intake.report").select("first_reply_due_at as at").where("id", "=", report).executeTakeFirstOrThrow()).at;
  const set = await due(before);
  await town.db.updateTable("limits.category").set({ first_reply_limit: 9 }).where("id", "=", categories.help).execute();
  await adoptCalendar(town, cast.zhouXi, AT, year(2026, "2026-01-01", "2026-07-30"));
  assert.deepEqual(await due(plain), new Date("2026-08-04T00:00:00+08:00"));
  assert.deepEqual(await due(before), set);
});

test("a corrected year moves the day an entry turns amber and leaves its due day", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  const days = () =>
    t.town.db.selectFrom("ledger.problem").select(["due_on", "amber_on"]).where("number", "=", number).executeTakeFirstOrThrow();
  const before = await days();
  const due = before.due_on ?? "";
  const eve = new Date(Date.parse(`${due}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  await adoptCalendar(t.town, t.cast.zhouXi, AT, year(2026, "2026-01-01", eve, due));
  const after = await days();
  assert.equal(after.due_on, before.due_on);
  assert.ok((after.amber_on ?? "") < (before.amber_on ?? ""), `${after.amber_on} is not before ${before.amber_on}`);
});

test("a year imported from a page that knew no later import is refused, whichever year that was of", async (context) => {
  const { town, cast } = await aTown(context);
  const version = await calendarVersion(town);
  const at = (number: number) => adoptCalendar(town, cast.zhouXi, AT, { ...year(number, `${number}-01-01`), version });
  const refused = (await Promise.allSettled([at(2027), at(2028)])).filter((end) => end.status === "rejected");
  assert.deepEqual(
    refused.map(({ reason }) => reason.code),
    ["setting/changed"],
  );
  assert.equal(await calendarVersion(town), version + 1);
});
