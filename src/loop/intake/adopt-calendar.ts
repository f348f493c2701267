import type { z } from "zod";
import { THE_CALENDAR } from "#audit/the-town";
import { recountDays } from "#ledger/recount-days";
import { lockTown } from "#people/lock-town";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { asActor, type Officer } from "#people/officer";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { calendarVersion, readCalendar } from "#limits/calendar";
import { importCalendar, ImportCalendar } from "#limits/import-calendar";
import { listCategories } from "#limits/queries";
import { dateFlags } from "#verification/date-flags";
import { dateObjections } from "#verification/date-objections";
import { recountNotices } from "#verification/recount-notices";
import type { Calendar } from "#standards/workdays/workdays";
import { appendEvent } from "./events.ts";
import { firstReplyDue } from "./rule-book.ts";

export const AdoptCalendar = ImportCalendar.extend(drawnFrom);
export type AdoptCalendar = z.infer<typeof AdoptCalendar>;

/**
 * Imports a year of the official calendar and counts again what was counted without it, or with another one: when the first replies
 * are due, when entries turn amber, and the due days, last days of notices and days of flags and objections that waited for it. What
 * changed is an event of its own.
 * Refusals: those of importCalendar.
 */
export async function adoptCalendar(town: Town, by: Officer, at: Date, what: AdoptCalendar): Promise<void> {
  await transact(town, async (town) => {
    await lockTown(town);
    refuse(whyNotDrawnFrom({ version: await calendarVersion(town) }, what));
    const before = await readCalendar(town);
    await importCalendar(town, by, at, what);
    const reports = await recountReplies(town, before, "intake.report");
    await recountReplies(town, before, "intake.sealed_report"); // told to nobody: that any was recounted tells that it lies there
    const problems = await recountDays(town, asActor(by), at);
    const notices = await recountNotices(town, asActor(by), at);
    const flags = await dateFlags(town, asActor(by), at);
    const objections = await dateObjections(town, asActor(by), at);
    if (reports + problems + notices + flags + objections === 0) return;
    await appendEvent(town, asActor(by), at, {
      verb: "deadlines.recounted",
      subject: THE_CALENDAR,
      facts: { year: what.year, reports, problems, notices, flags, objections },
    });
  });
}

/**
 * Whatever became of a report meanwhile, the day its first reply was owed is counted: figures count by it too. A day that was set is
 * counted again while its report waits, unless other limits set it: those move nothing that was set before.
 */
async function recountReplies(town: Town, before: Calendar, table: "intake.report" | "intake.sealed_report"): Promise<number> {
  takeInOrder("report");
  const waiting = await town.db
    .selectFrom(table)
    .select(["id", "category", "received_at as receivedAt", "first_reply_due_at as dueAt"])
    .where("town", "=", town.id)
    .where((eb) => eb.or([eb("status", "=", "received"), eb("first_reply_due_at", "is", null)]))
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  const calendar = await readCalendar(town);
  const categories = await listCategories(town);
  let changed = 0;
  for (const { id, category, receivedAt, dueAt } of waiting) {
    const rules = categories.filter((rule) => (category === null ? !rule.retired : rule.id === category));
    if (dueAt !== null && firstReplyDue(before, rules, receivedAt)?.getTime() !== dueAt.getTime()) continue;
    const due = firstReplyDue(calendar, rules, receivedAt);
    if (due?.getTime() === dueAt?.getTime()) continue;
    await town.db.updateTable(table).set({ first_reply_due_at: due }).where("town", "=", town.id).where("id", "=", id).execute();
    changed += 1;
  }
  return changed;
}
