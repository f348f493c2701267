import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { FlagDecision } from "./flag.ts";

type Decided = { readonly flag: string; readonly decision: FlagDecision; readonly reason: string };

/** Writes what a verifier said of a flag on it. Within the caller's transaction, which holds its problem. */
export async function decideFlag(town: Town, by: Officer, at: Date, { flag, decision, reason }: Decided): Promise<void> {
  await town.db
    .updateTable("verification.flag")
    .set({ state: decision, decision, decision_reason: reason, decided_by: by.id, decided_at: at })
    .where("town", "=", town.id)
    .where("id", "=", flag)
    .execute();
}
