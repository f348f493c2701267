import { sql } from "kysely";
import type { Day } from "#platform/instant";
import type { Keys, Town } from "#platform/town";
import { parseReceiptCode, receiptHash } from "./receipt-code.ts";
import { firstReplyDueOn, type Channel, type ReportStatus, type WordKind } from "./report.ts";

/** What the town or the reporter said about a report since it came, oldest first. */
export type ReportWord = {
  readonly id: string;
  readonly kind: WordKind;
  readonly text: string;
  readonly referredTo: string;
  /** Which category the town says it is of; null where it says something else. */
  readonly category: string | null;
  readonly saidBy: string | null;
  readonly saidAt: Date;
};

/** A report with all its words and photos. Whether somebody left a contact is said; who, only `lookAtIdentity` says. */
export type Report = {
  readonly id: string;
  readonly channel: Channel;
  readonly status: ReportStatus;
  /** Null as long as its reporter left it to the town and nobody has set it. */
  readonly category: string | null;
  readonly title: string;
  readonly details: string;
  readonly village: string | null;
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly receivedAt: Date;
  readonly registeredBy: string | null;
  /** The instant after which the first reply is late; null when the calendar of that year was not known. */
  readonly firstReplyDueAt: Date | null;
  /** The last day on which it is in time. */
  readonly firstReplyDueOn: Day | null;
  readonly firstAnsweredAt: Date | null;
  /** Since when something lies here that its reporter added and nobody has read. */
  readonly unreadSince: Date | null;
  /** Since when its reporter says that the problem is not what they meant, and nobody has decided it. */
  readonly disputedAt: Date | null;
  readonly problem: string | null;
  readonly problemNumber: string | null;
  /** Whether it is about people of the town and lies apart (sealed-reports.ts). */
  readonly sealed: boolean;
  readonly hasIdentity: boolean;
  readonly photos: readonly string[];
  readonly words: readonly ReportWord[];
  /** The last time that its receipt, lost, was made anew; null where the first one is good. */
  readonly reissue: Reissue | null;
};

/** A receipt made anew: of which issue its code is, and who gave it out when. */
export type Reissue = { readonly issue: number; readonly by: string; readonly at: Date };

/** The report a receipt code belongs to, as a person typed it; null when it is none of this town's. */
export async function findReportByCode(town: Town, typed: string): Promise<Report | null> {
  const hash = hashOf(town.keys, typed);
  if (hash === null) return null;
  const row = await town.db
    .selectFrom("intake.report")
    .select("id")
    .where("town", "=", town.id)
    .where("receipt_hash", "=", hash)
    .executeTakeFirst();
  return row === undefined ? null : findReport(town, row.id);
}

function hashOf(keys: Keys, typed: string): Buffer | null {
  const code = parseReceiptCode(typed);
  return code === null ? null : receiptHash(keys, code);
}

export async function findReport(town: Town, id: string): Promise<Report | null> {
  const row = await town.db
    .selectFrom("intake.report as r")
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select(REPORT_COLUMNS)
    .select("p.number as problemNumber")
    .select(KEPT_ELSEWHERE)
    .where("r.town", "=", town.id)
    .where("r.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const words = await town.db
    .selectFrom("intake.word")
    .select(["id", "kind", "text", "referred_to as referredTo", "category", "said_by as saidBy", "said_at as saidAt"])
    .where("town", "=", town.id)
    .where("report", "=", id)
    .orderBy("id")
    .execute();
  const reissue = await lastReissue(town, id);
  return { ...row, sealed: false, firstReplyDueOn: firstReplyDueOn(row.firstReplyDueAt), words, reissue };
}

/** Of a report whose receipt was never lost, as of a sealed one, null. */
export async function lastReissue(town: Town, report: string): Promise<Reissue | null> {
  const row = await town.db
    .selectFrom("intake.reissue")
    .select(["issue", "reissued_by as by", "reissued_at as at"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .orderBy("issue", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** What its reporter added and nobody has read, oldest first. */
export function unreadWords({ unreadSince, words }: Pick<Report, "unreadSince" | "words">): readonly ReportWord[] {
  return unreadSince === null ? [] : words.filter(({ kind, saidAt }) => kind === "added" && saidAt >= unreadSince);
}

/** What other rooms keep of a report, for a Kysely `select` from a table of reports as `r`: whether somebody said who they are, photos. */
export const KEPT_ELSEWHERE = [
  sql<boolean>`exists (select from vault.field i where i.town = r.town and i.report = r.id)`.as("hasIdentity"),
  sql<readonly string[]>`array(
    select f.file from evidence.use f
    where f.town = r.town and f.subject = r.id and f.purpose = 'report' and f.ended_at is null order by f.id)`.as("photos"),
] as const;

/** The columns of a report for a Kysely `select` from `intake.report as r`. */
export const REPORT_COLUMNS = [
  "r.id",
  "r.channel",
  "r.status",
  "r.category",
  "r.title",
  "r.details",
  "r.village",
  "r.place",
  "r.lon",
  "r.lat",
  "r.received_at as receivedAt",
  "r.registered_by as registeredBy",
  "r.first_reply_due_at as firstReplyDueAt",
  "r.first_answered_at as firstAnsweredAt",
  "r.unread_since as unreadSince",
  "r.disputed_at as disputedAt",
  "r.problem",
] as const;
