import { sql, type RawBuilder } from "kysely";
import { isReceiver } from "#limits/receivers";
import { listCategories, listReceivers } from "#limits/queries";
import type { Officer } from "#people/officer";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { findReport, KEPT_ELSEWHERE, type Report, type ReportWord } from "./queries.ts";
import { firstReplyDueOn } from "./report.ts";

/** A report about people of the town, as its receivers and its reporter read it. */
export type SealedReport = Report & { readonly category: string; readonly forSecretary: boolean };

/** Of what waits, and of the rest: more than a town's receivers have before them. */
const MOST_LISTED = 200;

/** A line of the receivers' queue. */
export type SealedEntry = Pick<
  SealedReport,
  "id" | "title" | "status" | "category" | "receivedAt" | "firstReplyDueAt" | "firstAnsweredAt" | "unreadSince" | "disputedAt"
>;

/** What this officer receives: what waits or was added to, the oldest first, then the latest of the rest. Nothing for anybody else. */
export async function listSealed(town: Town, by: Officer): Promise<readonly SealedEntry[]> {
  const received = sealedRows(town)
    .where(reaches(await receivedBy(town, by)))
    .limit(MOST_LISTED);
  const waiting = await received.where(WAITS).orderBy("r.id").execute();
  const rest = await received
    .where(sql<boolean>`not ${WAITS}`)
    .orderBy("r.id", "desc")
    .execute();
  return [...waiting, ...rest].map((row) => ({ ...row, disputedAt: null }));
}

/** What waits for this receiver: how many, how many of them late, how many of no day yet, each up to `most`. */
export type SealedWaiting = { readonly waiting: number; readonly late: number; readonly undated: number };

export async function countSealed(town: Town, by: Officer, at: Date, most: number): Promise<SealedWaiting> {
  const isDue = (condition: RawBuilder<unknown>) => sql<number>`count(*) filter (where w.status = 'received' and ${condition})::int`;
  const { rows } = await sql<SealedWaiting>`
    select count(*)::int as waiting, ${isDue(sql`w.due < ${at}`)} as late, ${isDue(sql`w.due is null`)} as undated
    from (select r.status, r.first_reply_due_at as due from intake.sealed_report r
      where r.town = ${town.id} and ${WAITS} and ${reaches(await receivedBy(town, by))} limit ${most}) w`.execute(town.db);
  return rows[0] ?? { waiting: 0, late: 0, undated: 0 };
}

/** As the indexes `sealed_report_waiting` and, turned round, `sealed_report_rest` have it. */
const WAITS = sql<boolean>`(r.status = 'received' or r.unread_since is not null)`;

/** Whether any sealed report would come to this officer: for whom the page stands. */
export async function receivesSealed(town: Town, by: Officer): Promise<boolean> {
  const { categories, forSecretary } = await receivedBy(town, by);
  return forSecretary || categories.length > 0;
}

/** The categories whose reports come to an officer, and whether those do that are meant for the secretary. */
type Received = { readonly categories: readonly string[]; readonly forSecretary: boolean };

/** A condition on the row `r`. */
function reaches({ categories, forSecretary }: Received): RawBuilder<boolean> {
  return sql<boolean>`(not r.for_secretary and r.category = any (${[...categories]}::uuid[]) or r.for_secretary and ${forSecretary})`;
}

async function receivedBy(town: Town, by: Officer): Promise<Received> {
  const receivers = await listReceivers(town);
  const named = (await listCategories(town)).filter(({ id, sealed }) => sealed || receivers.has(id));
  const categories = named.filter(({ id }) => isReceiver(by, { receivers: receivers.get(id) ?? [], forSecretary: false }));
  return { categories: categories.map(({ id }) => id), forSecretary: isReceiver(by, { receivers: [], forSecretary: true }) };
}

/** One of them, for whoever receives it; null for everybody else, as if there were none. */
export async function findSealed(town: Town, by: Officer, id: string): Promise<SealedReport | null> {
  const report = await readSealed(town, id);
  return report !== null && (await isOpenTo(town, by, report)) ? report : null;
}

/** The report that its reporter holds the receipt of, sealed or not: nobody else is to be led here. */
export async function findReportersOwn(town: Town, id: string): Promise<Report | null> {
  return (await findReport(town, id)) ?? (await readSealed(town, id));
}

/** The one with this receipt, as a part of the look-up of a code. */
export function sealedWithReceipt(town: Town, hash: Buffer) {
  return town.db
    .selectFrom("intake.sealed_report")
    .select((eb) => [eb.val<"report" | "slip">("report").as("kind"), "id"])
    .where("town", "=", town.id)
    .where("receipt_hash", "=", hash);
}

export type LockedSealed = Pick<SealedReport, "id" | "status" | "category" | "forSecretary" | "problem" | "unreadSince">;

/** Holds it until the end of the transaction; null where there is none. The caller knows who may learn that. */
export async function lockSealed(town: Town, id: string): Promise<LockedSealed | null> {
  takeInOrder("report");
  const row = await sealedRows(town).where("r.id", "=", id).forNoKeyUpdate("r").executeTakeFirst();
  return row ?? null;
}

/** Holds one that this officer receives. Refusal: report/unknown, the same for whoever does not receive it. */
export async function lockToReceive(town: Town, by: Officer, id: string): Promise<LockedSealed> {
  const locked = await lockSealed(town, id);
  if (locked === null || !(await isOpenTo(town, by, locked))) throw new Refusal("report/unknown");
  return locked;
}

async function isOpenTo(town: Town, by: Officer, { category, forSecretary }: Pick<SealedReport, "category" | "forSecretary">) {
  return isReceiver(by, { receivers: (await listReceivers(town)).get(category) ?? [], forSecretary });
}

function sealedRows(town: Town) {
  return town.db
    .selectFrom("intake.sealed_report as r")
    .select([
      "r.id",
      "r.channel",
      "r.status",
      "r.category",
      "r.for_secretary as forSecretary",
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
      "r.problem",
    ])
    .where("r.town", "=", town.id)
    .$narrowType<Pick<Report, "channel" | "status">>();
}

async function readSealed(town: Town, id: string): Promise<SealedReport | null> {
  const row = await sealedRows(town)
    .leftJoin("ledger.problem as p", (join) => join.onRef("p.town", "=", "r.town").onRef("p.id", "=", "r.problem"))
    .select("p.number as problemNumber")
    .select(KEPT_ELSEWHERE)
    .where("r.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const unlike = { sealed: true, reissue: null, disputedAt: null } as const;
  return { ...row, ...unlike, firstReplyDueOn: firstReplyDueOn(row.firstReplyDueAt), words: await wordsOf(town, id) };
}

function wordsOf(town: Town, report: string): Promise<ReportWord[]> {
  return town.db
    .selectFrom("intake.sealed_word")
    .select(["id", "kind", "text", "referred_to as referredTo", "category", "said_by as saidBy", "said_at as saidAt"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .orderBy("id")
    .$narrowType<Pick<ReportWord, "kind">>()
    .execute();
}
