import type { Town } from "#platform/town";

/** When the log was last verified by ourselves. `heldAt` before `triedAt`: it did not hold, or not yet. */
export type LastVerified = { readonly triedAt: Date; readonly heldAt: Date | null; readonly size: number };

/** Null: never yet. */
export async function lastVerified(town: Town): Promise<LastVerified | null> {
  const row = await town.db
    .selectFrom("proof.verified")
    .select(["tried_at as triedAt", "held_at as heldAt", "size"])
    .where("town", "=", town.id)
    .executeTakeFirst();
  return row ?? null;
}

/** `size`: how many leaves held; null when something did not. One row a town. */
export async function recordVerified(town: Town, at: Date, size: number | null): Promise<void> {
  const held = size === null ? {} : { held_at: at, size };
  await town.db
    .insertInto("proof.verified")
    .values({ town: town.id, tried_at: at, ...held })
    .onConflict((conflict) => conflict.columns(["town"]).doUpdateSet({ tried_at: at, ...held }))
    .execute();
}
