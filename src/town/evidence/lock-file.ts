import { sql } from "kysely";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";

/**
 * Until the end of the transaction nobody else adds, redacts or forgets this file: its row and its bytes lie in two
 * places, and only this lock keeps them in step.
 */
export async function lockFile(town: Town, sha256: string): Promise<void> {
  takeInOrder("file");
  await sql`select pg_advisory_xact_lock(hashtextextended(${`evidence.file/${town.id}/${sha256}`}, 0))`.execute(town.db);
}
