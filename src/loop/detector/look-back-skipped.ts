import { addDays, dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Finding } from "./flag.ts";

/** A week beyond its day: a look-back that is late is one that was skipped. */
const LATE_DAYS = 7;

export async function lookBacksSkipped(town: Town, at: Date): Promise<readonly Finding[]> {
  const rows = await town.db
    .selectFrom("verification.look_back")
    .select(["id", "problem", "due_on"])
    .where("town", "=", town.id)
    .where("outcome", "is", null)
    .where("dropped_at", "is", null)
    .where("due_on", "<", addDays(dayOf(at), -LATE_DAYS))
    .execute();
  return rows.map(({ id, problem, due_on }) => ({
    kind: "look-back-skipped" as const,
    problem,
    mark: id,
    about: { lookBack: id, dueOn: due_on },
  }));
}
