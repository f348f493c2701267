import { sql } from "kysely";
import { transact, type Town } from "#platform/town";

/**
 * One at a time of all programs and commands that share this database changes the key file, so that no line made by one is lost to
 * the other. Held until `work` is done.
 */
export async function holdKeyFile<T>(town: Town, work: (town: Town) => Promise<T>): Promise<T> {
  return transact(town, async (town) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('log/key file', 0))`.execute(town.db);
    return work(town);
  });
}
