import { endUses } from "#evidence/end-uses";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";

/** Lets a draft go: sent, or thrown away by whoever wrote it. Photos that nothing else uses go with the next sweep. */
export async function dropDraft(town: Town, at: Date, id: string): Promise<void> {
  await transact(town, async (town) => {
    takeInOrder("draft");
    await town.db.deleteFrom("intake.draft").where("town", "=", town.id).where("id", "=", id).execute();
    await endUses(town, at, { subjects: [id] });
  });
}
