import { sql } from "kysely";
import type { Town } from "#platform/town";

/** Where a walk through what may be due stands: batches go on after it, so that one that fails is not met again in the same walk. */
export type Place = { readonly askOn: string; readonly report: string };

const BEGINNING: Place = { askOn: "-infinity", report: "00000000-0000-0000-0000-000000000000" };

/** The next reports whose day to ask has come, in its order. */
export async function holdingsToAsk(town: Town, today: string, after: Place | null, most: number): Promise<readonly Place[]> {
  const from = after ?? BEGINNING;
  const { rows } = await sql<Place>`
    select h.ask_on::text as "askOn", h.report
    from vault.holding h
    where h.town = ${town.id} and h.ask_on <= ${today}::date and (h.ask_on, h.report) > (${from.askOn}::date, ${from.report}::uuid)
    order by h.ask_on, h.report
    limit ${most}`.execute(town.db);
  return rows;
}

/** Another day to ask for each of them. */
export async function askOn(town: Town, holdings: readonly Place[]): Promise<void> {
  const reports = holdings.map(({ report }) => report);
  const days = holdings.map(({ askOn }) => askOn);
  await sql`
    update vault.holding h set ask_on = moved.day
    from unnest(${reports}::uuid[], ${days}::date[]) as moved (report, day)
    where h.town = ${town.id} and h.report = moved.report`.execute(town.db);
}

/** Identities whose day to ask passed before this one: none while the nightly work is done. */
export async function countOverdue(town: Pick<Town, "id" | "db">, before: string): Promise<number> {
  const { count } = await town.db
    .selectFrom("vault.holding")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("town", "=", town.id)
    .where("ask_on", "<", before)
    .executeTakeFirstOrThrow();
  return count;
}
