import { sql, type RawBuilder } from "kysely";
import { eachByItself } from "#platform/each-by-itself";
import { HOUR_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { MOST_DRAFT_BYTES_OF_TOWN } from "./draft.ts";

const SENDING_MS = HOUR_MS;
const MOST_AT_ONCE = 500;

/**
 * Drafts past their time go, then the oldest beyond what a town may keep; so do the marks of sendings nobody can be folded into
 * any more. In batches, each by an index and for itself, until none is left: whoever is writing waits for none of them. Where one
 * kind cannot be swept the others are.
 */
export async function sweepDrafts(town: Town, at: Date): Promise<void> {
  const kinds = [pastTheirTime(town, at), beyondWhatIsKept(town), oldSendings(town, at)];
  await eachByItself(kinds, "sweep drafts and their marks", async (batch) => {
    await untilNoneIsLeft(MOST_AT_ONCE, async () => (await batch.execute(town.db)).numAffectedRows ?? 0n);
    return true;
  });
}

function pastTheirTime(town: Town, at: Date): RawBuilder<unknown> {
  return sql`
    delete from intake.draft where town = ${town.id} and id in (
      select id from intake.draft where town = ${town.id} and until <= ${at}
      order by until limit ${MOST_AT_ONCE} for update skip locked)`;
}

function beyondWhatIsKept(town: Town): RawBuilder<unknown> {
  return sql`
    delete from intake.draft where town = ${town.id} and id in (
      select id from intake.draft where town = ${town.id} and id <= (
        select id from (
          select id, sum(bytes) over (order by id desc) as held from intake.draft where town = ${town.id}
        ) as d where held > ${MOST_DRAFT_BYTES_OF_TOWN} order by id desc limit 1)
      order by id limit ${MOST_AT_ONCE} for update skip locked)`;
}

function oldSendings(town: Town, at: Date): RawBuilder<unknown> {
  return sql`
    delete from intake.sending where town = ${town.id} and sameness in (
      select sameness from intake.sending where town = ${town.id} and sent_at <= ${new Date(at.getTime() - SENDING_MS)}
      order by sent_at limit ${MOST_AT_ONCE} for update skip locked)`;
}
