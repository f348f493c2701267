import { sql } from "kysely";
import { whyNotDuty, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { isOpenCallBack, mineOf } from "./tasks.ts";

/** How long a reporter is one officer's: as long as a look at who they are. */
const HOLD_MS = 10 * 60_000;

/**
 * The most urgent reporter whom no colleague has before them, this officer's from now on; null when there is none. Two who ask at once
 * are given two: the second skips the row that the first holds. It takes this one lock alone, so nobody waits for it in a circle, and
 * what a crash loses is the hold.
 */
export async function takeNextCallBack(town: Town, by: Officer, at: Date): Promise<string | null> {
  return transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const { rows } = await sql<{ question: string }>`
      with ${mineOf(town.id, by)}, next as (
        select c.question from office.call_back c
        where ${isOpenCallBack(town.id, by, at)} and (c.held_until is null or c.held_until <= ${at} or c.held_by = ${by.id})
        order by c.until, c.question limit 1 for update skip locked
      )
      update office.call_back c set held_by = ${by.id}, held_until = ${heldUntil(at)} from next
      where c.town = ${town.id} and c.question = next.question returning c.question`.execute(town.db);
    return rows[0]?.question ?? null;
  });
}

/** Whoever is about to call has this reporter before them from now on. Refusal: call-back/held, where a colleague has. */
export async function holdCallBack(town: Town, by: Officer, at: Date, question: string): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const { rows } = await sql<{ isMine: boolean }>`
      update office.call_back c set
        held_by = case when c.held_until > ${at} then c.held_by else ${by.id}::uuid end,
        held_until = case when c.held_until > ${at} and c.held_by <> ${by.id} then c.held_until else ${heldUntil(at)} end
      where c.town = ${town.id} and c.question = ${question}
      returning c.held_by = ${by.id} as "isMine"`.execute(town.db);
    if (rows[0]?.isMine === false) throw new Refusal("call-back/held");
  });
}

function heldUntil(at: Date): Date {
  return new Date(at.getTime() + HOLD_MS);
}
