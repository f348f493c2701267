import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";

export type Pictures = { readonly photos: readonly string[]; readonly stage: "before" | "during" | "after"; readonly caption: string };

/**
 * Lays files already stored beside a problem; returns how many are new to it. A file shown before keeps its first stage:
 * an old picture never becomes an "after".
 */
export async function keepEvidence(
  town: Town,
  by: Officer,
  at: Date,
  problem: string,
  { photos, stage, caption }: Pictures,
): Promise<number> {
  const chosen = [...new Set(photos)];
  if (chosen.length === 0) return 0;
  const known = await town.db
    .selectFrom("evidence.file as f")
    .select("f.sha256")
    .where("f.town", "=", town.id)
    .where("f.sha256", "in", chosen)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("evidence.redaction as r")
            .select("r.sha256")
            .whereRef("r.town", "=", "f.town")
            .whereRef("r.sha256", "=", "f.sha256"),
        ),
      ),
    )
    .execute();
  if (known.length < chosen.length) throw new Refusal("file/unknown");
  const kept = await town.db
    .insertInto("ledger.problem_evidence")
    .values(chosen.map((sha256) => ({ town: town.id, problem, sha256, stage, caption, added_by: by.id, added_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("sha256")
    .execute();
  return kept.length;
}
