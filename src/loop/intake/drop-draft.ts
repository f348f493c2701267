import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";

/** Lets a draft go: sent, or thrown away by whoever wrote it. Photos that nothing uses go with the next sweep. */
export async function dropDraft(town: Town, id: string): Promise<void> {
  takeInOrder("draft");
  await town.db.deleteFrom("intake.draft").where("town", "=", town.id).where("id", "=", id).execute();
}
