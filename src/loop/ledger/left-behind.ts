import { sql } from "kysely";
import type { Town } from "#platform/town";

const OPEN = sql<boolean>`p.status not in ('closed', 'dismissed')`; // in the words of the index of leaders

/** Numbers of open problems that nobody would answer for without this officer: no other leader of theirs still works here. */
export async function listLedAlone(town: Town, officer: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("ledger.problem as p")
    .select("p.number")
    .where("p.town", "=", town.id)
    .where(OPEN)
    .where(sql<boolean>`p.leaders @> array[${officer}::uuid]`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("people.officer as o")
            .select("o.id")
            .whereRef("o.town", "=", "p.town")
            .where(sql<boolean>`o.id = any (p.leaders)`)
            .where("o.id", "<>", officer)
            .where("o.disabled_at", "is", null),
        ),
      ),
    )
    .orderBy("p.ordinal")
    .limit(MOST)
    .execute();
  return rows.map(({ number }) => number);
}

/** Numbers of open problems that a unit answers for. */
export async function listOpenOf(town: Town, unit: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("ledger.problem as p")
    .select("p.number")
    .where("p.town", "=", town.id)
    .where("p.unit", "=", unit)
    .where(OPEN)
    .orderBy("p.ordinal")
    .limit(MOST)
    .execute();
  return rows.map(({ number }) => number);
}

/** As many as a page names; one is enough to refuse. */
const MOST = 20;
