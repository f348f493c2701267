import { findFiles } from "#evidence/queries";
import { endUploads, holdSent, type Purpose } from "#evidence/upload";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";

export type Pictures = {
  readonly photos: readonly string[];
  readonly stage: "before" | "during" | "after";
  readonly caption: string;
  /** Photos of the reports that the problem answers, from which the clerk chose. */
  readonly fromReports?: readonly string[];
};

/**
 * Lays photos beside a problem that this officer sent for it, or chose from its reports; returns how many are new to it. A hash of any
 * other file is as unknown as one of none. A photo shown before keeps its first stage: an old picture never becomes an "after".
 */
export async function keepEvidence(
  town: Town,
  by: Officer,
  at: Date,
  problem: string,
  { photos, stage, caption, fromReports = [] }: Pictures,
): Promise<number> {
  const chosen = [...new Set(photos)];
  if (chosen.length === 0) return 0;
  const purpose: Purpose = { kind: "problem", id: problem };
  const sent = await holdSent(town, by.id, purpose, chosen);
  const shown = await shownBy(town, problem, chosen);
  const files = await findFiles(town, chosen);
  const usable = new Set(
    files.filter(({ sha256, shownSha256, redacted }) => !redacted && shownSha256 === sha256).map(({ sha256 }) => sha256),
  );
  const mayUse = (sha256: string) => usable.has(sha256) && (sent.has(sha256) || shown.has(sha256) || fromReports.includes(sha256));
  if (!chosen.every(mayUse)) throw new Refusal("file/unknown");
  const kept = await town.db
    .insertInto("ledger.problem_evidence")
    .values(chosen.map((sha256) => ({ town: town.id, problem, sha256, stage, caption, added_by: by.id, added_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .returning("sha256")
    .execute();
  await endUploads(town, by.id, purpose, chosen);
  return kept.length;
}

async function shownBy(town: Town, problem: string, sha256s: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await town.db
    .selectFrom("ledger.problem_evidence")
    .select("sha256")
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where("sha256", "in", sha256s)
    .execute();
  return new Set(rows.map(({ sha256 }) => sha256));
}
