import { sql } from "kysely";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { securityLogBegins } from "#limits/queries";

const MOST_AT_ONCE = 5_000;

/** Looks and searches older than the town keeps its security logs (at least 184 days) are forgotten; their leaves stay for ever. */
export async function forgetLooks(town: Town, at: Date): Promise<void> {
  const begins = await securityLogBegins(town, dayOf(at));
  const looks = sql`
    delete from vault.look where town = ${town.id} and id in (
      select id from vault.look where town = ${town.id} and looked_at < ${begins} order by looked_at limit ${MOST_AT_ONCE})`;
  const searches = sql`
    delete from vault.search where town = ${town.id} and id in (
      select id from vault.search where town = ${town.id} and searched_at < ${begins} order by searched_at limit ${MOST_AT_ONCE})`;
  for (const batch of [looks, searches])
    await untilNoneIsLeft(MOST_AT_ONCE, async () => (await batch.execute(town.db)).numAffectedRows ?? 0n);
}
