import { sql } from "kysely";
import { whyNotUninvolved } from "#ledger/involvement";
import { readWork, type Work } from "#ledger/queries";
import { readStanding, type Standing } from "#ledger/standing";
import type { Officer } from "#people/officer";
import { readAtOnce, type Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import { findRound } from "#verification/find-round";
import { whyNotAttempt, whyNotRecord, whyNotRecordTo } from "#verification/gate";
import type { Check, Question } from "#verification/round";
import { ENOUGH, isOpenCallBack, mineOf } from "./tasks.ts";

/** A reporter in the queue, as far as whoever calls has to know before they open them. */
export type QueuedCallBack = {
  readonly question: string;
  readonly number: string;
  readonly title: string;
  /** Within the window, and not a minute longer. */
  readonly until: Date;
  readonly byPhone: boolean;
  readonly channel: string;
  readonly joinedAt: Date;
  /** How often nobody answered. */
  readonly tried: number;
  /** A colleague has them before them now. */
  readonly heldBy: string | null;
};

/** Whom this officer may call or visit now, the window that ends first before the others; at most `ENOUGH`. */
export async function listCallBacks(town: Town, by: Officer, at: Date): Promise<readonly QueuedCallBack[]> {
  const { rows } = await sql<QueuedCallBack>`
    with ${mineOf(town.id, by)}, queue as (
      select c.* from office.call_back c where ${isOpenCallBack(town.id, by, at)} order by c.until, c.question limit ${ENOUGH}
    )
    select c.question, p.number, p.title, c.until, c.by_phone as "byPhone", j.channel, j.joined_at as "joinedAt",
      (select count(*)::int from verification.attempt a where a.town = ${town.id} and a.question = c.question) as tried,
      case when c.held_until > ${at} and c.held_by <> ${by.id} then c.held_by end as "heldBy"
    from queue c
    join ledger.problem p on p.town = ${town.id} and p.id = c.problem
    join verification.question q on q.town = ${town.id} and q.id = c.question
    join ledger.joined_report j on j.town = ${town.id} and j.problem = q.problem and j.report = q.report
    order by c.until, c.question`.execute(town.db);
  return rows;
}

/** One reporter as whoever calls has them before them: what is asked, and what was done about it. */
export type CallBackDesk = {
  readonly standing: Standing;
  readonly question: Question;
  readonly check: Check;
  readonly rectification: Work["rectifications"][number] | null;
  readonly evidence: Work["evidence"];
  /** Why nothing more can be recorded; an attempt has reasons of its own. */
  readonly refused: RefusalCode | null;
  readonly attemptRefused: RefusalCode | null;
  readonly heldBy: string | null;
};

/** Null where there is no such question in this round, and for whoever may not know of it. */
export async function findCallBack(town: Town, by: Officer, at: Date, id: string): Promise<CallBackDesk | null> {
  return readAtOnce(town, async (town) => {
    const asked = await town.db
      .selectFrom("verification.question as q")
      .leftJoin("office.call_back as c", (join) =>
        join.onRef("c.town", "=", "q.town").onRef("c.question", "=", "q.id").on("c.held_until", ">", at).on("c.held_by", "<>", by.id),
      )
      .select(["q.problem", "c.held_by as heldBy"])
      .where("q.town", "=", town.id)
      .where("q.id", "=", id)
      .executeTakeFirst();
    if (asked === undefined) return null;
    const standing = await readStanding(town, asked.problem);
    const { check, questions } = await findRound(town, asked.problem);
    const question = questions.find((one) => one.id === id);
    if (question === undefined || check === null || whyNotUninvolved(standing, by) !== null) return null;
    const { rectifications, evidence } = await readWork(town, asked.problem);
    const refused = whyNotRecord(standing, by) ?? whyNotRecordTo(question, at);
    const rectification = rectifications.find((one) => one.id === check.rectification) ?? null;
    const attemptRefused = refused ?? whyNotAttempt(question, at);
    return { standing, question, check, rectification, evidence, refused, attemptRefused, heldBy: asked.heldBy };
  });
}
