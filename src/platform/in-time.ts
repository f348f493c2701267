import { sql } from "kysely";
import { readAtOnce, type Town } from "./town.ts";

/** PostgreSQL gave a statement up because its time was over (SQLSTATE query_canceled). */
const CANCELED = "57014";

/** Reads with no statement longer than `mostMs`; null where one took longer: nothing is known then, which is not the same as nothing. */
export async function inTime<T>(town: Town, mostMs: number, read: (town: Town) => Promise<T>): Promise<T | null> {
  try {
    return await readAtOnce(town, async (town) => {
      await sql`select set_config('statement_timeout', ${String(mostMs)}, true)`.execute(town.db);
      return read(town);
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === CANCELED) return null;
    throw error;
  }
}
