import { sql, type RawBuilder } from "kysely";
import { endUses } from "#evidence/end-uses";
import { eachByItself } from "#platform/each-by-itself";
import { HOUR_MS } from "#platform/instant";
import { transact, type Town } from "#platform/town";
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
  const kinds = [
    (town: Town) => dropDrafts(town, at, pastTheirTime(town, at)),
    (town: Town) => dropDrafts(town, at, beyondWhatIsKept(town)),
    (town: Town) => dropOldSendings(town, at),
  ];
  await eachByItself(kinds, "sweep drafts and their marks", async (drop) => {
    await untilNoneIsLeft(MOST_AT_ONCE, () => transact(town, drop));
    return true;
  });
}

/** Drafts go with their uses of photos, or neither does. */
async function dropDrafts(town: Town, at: Date, over: RawBuilder<{ id: string }>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from intake.draft where town = ${town.id} and id in (${over}) returning id`.execute(town.db);
  await endUses(town, at, { subjects: rows.map(({ id }) => id) });
  return rows.length;
}

function pastTheirTime(town: Town, at: Date): RawBuilder<{ id: string }> {
  return sql`
    select id from intake.draft where town = ${town.id} and until <= ${at}
    order by until limit ${MOST_AT_ONCE} for update skip locked`;
}

function beyondWhatIsKept(town: Town): RawBuilder<{ id: string }> {
  return sql`
    select id from intake.draft where town = ${town.id} and id <= (
      select id from (
        select id, sum(bytes) over (order by id desc) as held from intake.draft where town = ${town.id}
      ) as d where held > ${MOST_DRAFT_BYTES_OF_TOWN} order by id desc limit 1)
    order by id limit ${MOST_AT_ONCE} for update skip locked`;
}

async function dropOldSendings(town: Town, at: Date): Promise<number> {
  const dropped = await sql`
    delete from intake.sending where town = ${town.id} and sameness in (
      select sameness from intake.sending where town = ${town.id} and sent_at <= ${new Date(at.getTime() - SENDING_MS)}
      order by sent_at limit ${MOST_AT_ONCE} for update skip locked)`.execute(town.db);
  return Number(dropped.numAffectedRows ?? 0n);
}
