import { sql } from "kysely";
import { z } from "zod";
import { involvedIn } from "#ledger/involvement";
import { whyNotDuty, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { findByPhone, recordSearch } from "#vault/find-by-phone";
import { phone } from "#vault/identity";
import { Look } from "#vault/record-look";

const MOST_FOUND = 50;

export const SearchByPhone = z.object({
  ...Look.omit({ report: true }).shape,
  phone,
});
export type SearchByPhone = z.infer<typeof SearchByPhone>;

/**
 * A caller who lost the receipt is found by number: the ids of at most 50 reports, newest first. Reports of problems the officer is
 * involved in are not among them, nor counted: a number tried there would tell who reported. The search is on record before it is answered.
 * Refusals: officer/not-allowed.
 */
export async function searchByPhone(town: Town, by: Officer, at: Date, what: SearchByPhone): Promise<readonly string[]> {
  refuse(whyNotDuty(by, "clerk", "office"));
  return transact(town, async (town) => {
    const found = await withoutInvolved(town, by, await findByPhone(town, what.phone));
    await recordSearch(town, by, at, { found: found.length, reasonClass: what.reasonClass, reason: what.reason });
    return found;
  });
}

async function withoutInvolved(town: Town, by: Officer, reports: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from intake.report r left join ledger.problem p on p.town = r.town and p.id = r.problem
    where r.town = ${town.id} and r.id = any (${[...reports]}::uuid[]) and (p.id is null or not ${involvedIn(town.id, by)})
      and not exists (select from ledger.joined_report j join ledger.problem p on p.town = j.town and p.id = j.problem
        where j.town = r.town and j.report = r.id and j.separated_at is not null and ${involvedIn(town.id, by)})
    order by r.id desc limit ${MOST_FOUND}`.execute(town.db);
  return rows.map(({ id }) => id);
}
