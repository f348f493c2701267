import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { markRead } from "./mark-read.ts";
import { whyNotSettle, type Channel, type ReportStatus } from "./report.ts";
import { tellLate } from "./tell-overdue.ts";

export type LockedReport = {
  readonly id: string;
  readonly status: ReportStatus;
  readonly channel: Channel;
  readonly category: string | null;
  readonly receivedAt: Date;
  readonly firstReplyDueAt: Date | null;
  readonly problem: string | null;
  readonly firstAnsweredAt: Date | null;
  readonly disputedAt: Date | null;
};

/** Holds the report until the end of the transaction. */
export async function lockReport(town: Town, report: string): Promise<LockedReport> {
  takeInOrder("report");
  const row = await town.db
    .selectFrom("intake.report")
    .select(["id", "status", "channel", "category", "problem", "received_at as receivedAt"])
    .select(["first_reply_due_at as firstReplyDueAt", "first_answered_at as firstAnsweredAt", "disputed_at as disputedAt"])
    .where("town", "=", town.id)
    .where("id", "=", report)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Refusal("report/unknown");
  return row;
}

/** Locks a report that this officer is about to settle. */
export async function lockToSettle(town: Town, by: Officer, report: string): Promise<LockedReport> {
  refuse(whyNotSettle("received", by)); // the duty first: who may not, learns nothing of the report
  const locked = await lockReport(town, report);
  refuse(whyNotSettle(locked.status, by));
  return locked;
}

type Settled = {
  readonly status: "accepted" | "answered" | "referred" | "declined";
  readonly problem?: string;
  readonly text: string;
  readonly referredTo?: string;
  /** The last word of its reporter that was before whoever settles it. */
  readonly seen: string | null;
};

/** Writes where the report stands now and the word that says so to its reporter; returns the word's id. */
export async function settle(town: Town, by: Officer, at: Date, report: string, how: Settled): Promise<string> {
  await tellLate(town, at, report);
  await markRead(town, report, how.seen);
  const word = newId(at);
  await town.db
    .updateTable("intake.report")
    .set({ status: how.status, problem: how.problem ?? null, first_answered_at: at })
    .where("town", "=", town.id)
    .where("id", "=", report)
    .execute();
  await town.db
    .insertInto("intake.word")
    .values({
      town: town.id,
      id: word,
      report,
      kind: how.status,
      text: how.text,
      referred_to: how.referredTo ?? "",
      said_by: by.id,
      said_at: at,
    })
    .execute();
  return word;
}
