import { z } from "zod";
import { readCalendar } from "#limits/calendar";
import type { Category } from "#limits/category";
import { findCategory } from "#limits/queries";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { askOn } from "#vault/holdings";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { markRead, seen } from "./mark-read.ts";
import { passToReceivers } from "./pass-to-receivers.ts";
import { whyNotCategorise } from "./report.ts";
import { firstReplyDue } from "./rule-book.ts";
import { lockReport, type LockedReport } from "./settle.ts";

export const CategoriseReport = z.object({ report: id, category: id, seen });
export type CategoriseReport = z.infer<typeof CategoriseReport>;

/**
 * 归类: sets the category that its reporter left to the town, or corrects the one they chose; its reporter reads which it is now. It is no
 * first answer (docs/decisions/0078). Of a sealed category it goes to the receivers. Refusals: officer/not-allowed, report/unknown,
 * report/withdrawn, report/same-category, category/unknown, those of passToReceivers.
 */
export async function categoriseReport(town: Town, by: Officer, at: Date, what: CategoriseReport): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const locked = await lockReport(town, what.report);
    refuse(whyNotCategorise(locked, what.category));
    const seen = what.seen ?? null;
    await markRead(town, locked.id, seen);
    const category = await findCategory(town, what.category);
    if (category === null) throw new Refusal("category/unknown");
    if (!category.sealed) return categorise(town, by, at, { locked, category, seen });
    const due = await dueAnew(town, at, locked, category);
    return passToReceivers(town, by, at, { locked, category, due, seen });
  });
}

type Categorising = { readonly locked: LockedReport; readonly category: Category; readonly seen: string | null };

/** In the caller's transaction, which holds the report's lock. */
export async function categorise(town: Town, by: Officer, at: Date, { locked, category, seen }: Categorising): Promise<void> {
  const report = locked.id;
  await town.db
    .updateTable("intake.report")
    .set({ category: category.id, first_reply_due_at: await dueAnew(town, at, locked, category) })
    .where("town", "=", town.id)
    .where("id", "=", report)
    .execute();
  await askOn(town, [{ report, askOn: dayOf(at) }]); // another category may keep who sent it for fewer days
  const word = await keepWord(town, by, at, { report, kind: "categorised", text: "", category: category.id });
  await appendEvent(town, asActor(by), at, {
    verb: "report.categorised",
    subject: { kind: "report", id: report },
    facts: { from: locked.category, category: category.id, word, seen },
  });
}

/**
 * Left to the town it had the day of the strictest category, and gets that of its own, both counted from when it came. One that was
 * chosen keeps its day, unless the new category is stricter, from this moment on: no day that somebody was told moves away. A day
 * that has passed, and one of a report that was answered, stays.
 */
async function dueAnew(town: Town, at: Date, report: LockedReport, category: Category): Promise<Date | null> {
  const { firstReplyDueAt: due } = report;
  if (report.firstAnsweredAt !== null || (due !== null && due <= at)) return due;
  const calendar = await readCalendar(town);
  if (report.category === null) return firstReplyDue(calendar, [category], report.receivedAt);
  const anew = firstReplyDue(calendar, [category], at);
  return anew !== null && (due === null || anew < due) ? anew : due;
}
