import type { Town } from "#platform/town";

/** It came back: the re-checks still ahead mean nothing any more. The next closing schedules its own. */
export async function dropLookBacks(town: Town, at: Date, problem: string): Promise<void> {
  await town.db
    .updateTable("verification.look_back")
    .set({ dropped_at: at })
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where("outcome", "is", null)
    .where("dropped_at", "is", null)
    .execute();
}
