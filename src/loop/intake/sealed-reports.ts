import { sql } from "kysely";
import { isReceiver } from "#limits/receivers";
import { listCategories, listReceivers } from "#limits/queries";
import type { Officer } from "#people/officer";
import type { Day } from "#platform/instant";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { findReport, type Report, type ReportWord } from "./queries.ts";
import { firstReplyDueOn } from "./report.ts";

/** A report about people of the town, as its receivers and its reporter read it. */
export type SealedReport = Report & { readonly category: string; readonly forSecretary: boolean };

/** Of what waits, and of the rest: more than a town's receivers have before them. */
const MOST_LISTED = 200;

/** A line of the receivers' queue. */
export type SealedEntry = Pick<SealedReport, "id" | "title" | "status" | "category" | "receivedAt"> & {
  readonly firstReplyDueOn: Day | null;
  readonly unreadSince: Date | null;
};

/** What this officer receives: what waits or was added to, the oldest first, then the latest of the rest. Nothing for anybody else. */
export async function listSealed(town: Town, by: Officer): Promise<readonly SealedEntry[]> {
  const mine = await receivedBy(town, by);
  const received = sealedRows(town)
    .where((eb) =>
      eb.or([
        eb.and([eb("r.for_secretary", "=", false), eb("r.category", "=", eb.fn.any(eb.val([...mine.categories])))]),
        eb.and([eb("r.for_secretary", "=", true), eb.lit(mine.forSecretary)]),
      ]),
    )
    .limit(MOST_LISTED);
  const waiting = await received.where(WAITS).orderBy("r.id").execute();
  const rest = await received
    .where(sql<boolean>`not ${WAITS}`)
    .orderBy("r.id", "desc")
    .execute();
  return [...waiting, ...rest].map((row) => ({ ...row, firstReplyDueOn: firstReplyDueOn(row.firstReplyDueAt) }));
}

/** As the indexes `sealed_report_waiting` and, turned round, `sealed_report_rest` have it. */
const WAITS = sql<boolean>`(r.status = 'received' or r.unread_since is not null)`;

/** Whether any sealed report would come to this officer: for whom the page stands. */
export async function receivesSealed(town: Town, by: Officer): Promise<boolean> {
  const { categories, forSecretary } = await receivedBy(town, by);
  return forSecretary || categories.length > 0;
}

/** The categories whose reports come to this officer, and whether those do that are meant for the secretary. */
async function receivedBy(town: Town, by: Officer): Promise<{ readonly categories: readonly string[]; readonly forSecretary: boolean }> {
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
    .select((eb) => [
      eb
        .exists(eb.selectFrom("vault.field as i").select("i.report").whereRef("i.town", "=", "r.town").whereRef("i.report", "=", "r.id"))
        .$castTo<boolean>()
        .as("hasIdentity"),
      eb
        .fn<string[]>("array", [
          eb
            .selectFrom("evidence.use as f")
            .select("f.file")
            .whereRef("f.town", "=", "r.town")
            .whereRef("f.subject", "=", "r.id")
            .where("f.purpose", "=", "report")
            .where("f.ended_at", "is", null)
            .orderBy("f.id"),
        ])
        .as("photos"),
    ])
    .where("r.id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { ...row, sealed: true, disputedAt: null, firstReplyDueOn: firstReplyDueOn(row.firstReplyDueAt), words: await wordsOf(town, id) };
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
