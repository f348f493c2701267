import type { Town } from "#platform/town";
import type { WordKind } from "./report.ts";

/** What was said of a report, oldest first, without the words. */
export async function wordKinds(town: Town, report: string): Promise<readonly { readonly id: string; readonly kind: WordKind }[]> {
  return town.db
    .selectFrom("intake.word")
    .select(["id", "kind"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .orderBy("id")
    .execute();
}
