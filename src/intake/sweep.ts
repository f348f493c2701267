import { sql, type RawBuilder } from "kysely";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { MOST_DRAFT_BYTES_OF_TOWN } from "./draft.ts";

const SENDING_MS = 3_600_000;
const MOST_AT_ONCE = 500;

/**
 * Drafts past their time go, then the oldest beyond what a town may keep; so do the marks of sendings nobody can be folded into
 * any more, and yesterday's of whence "me too" came. In batches, each by an index and for itself, until none is left: whoever is writing waits for none of them.
 */
export async function sweepDrafts(town: Town, at: Date): Promise<void> {
  await untilNoneIsLeft(
    sql`
      delete from intake.draft where town = ${town.id} and id in (
        select id from intake.draft where town = ${town.id} and until <= ${at}
        order by until limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
  await untilNoneIsLeft(
    sql`
      delete from intake.draft where town = ${town.id} and id in (
        select id from intake.draft where town = ${town.id} and id <= (
          select id from (
            select id, sum(bytes) over (order by id desc) as held from intake.draft where town = ${town.id}
          ) as d where held > ${MOST_DRAFT_BYTES_OF_TOWN} order by id desc limit 1)
        order by id limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
  await untilNoneIsLeft(
    sql`
      delete from intake.sending where town = ${town.id} and sameness in (
        select sameness from intake.sending where town = ${town.id} and sent_at <= ${new Date(at.getTime() - SENDING_MS)}
        order by sent_at limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
  await untilNoneIsLeft(
    sql`
      delete from intake.me_too_from where town = ${town.id} and (problem, block) in (
        select problem, block from intake.me_too_from where town = ${town.id} and said_on < ${dayOf(at)}
        order by said_on limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
}

async function untilNoneIsLeft(batch: RawBuilder<unknown>, town: Town): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await batch.execute(town.db);
    if (numAffectedRows < MOST_AT_ONCE) return;
  }
}
