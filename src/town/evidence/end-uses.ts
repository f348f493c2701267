import type { Town } from "#platform/town";

/**
 * These files are no longer part of these subjects: nobody sees them by that any more. One that has no other use goes with the sweep, when
 * its purpose lets it. The caller's transaction holds the subjects' locks. Returns how many uses ended.
 */
export async function endUses(town: Town, at: Date, what: EndUses): Promise<number> {
  const { subjects, files } = what;
  if (subjects.length === 0 || files?.length === 0) return 0;
  const ended = town.db
    .updateTable("evidence.use")
    .set({ ended_at: at })
    .where("town", "=", town.id)
    .where("subject", "in", subjects)
    .where("ended_at", "is", null)
    .returning("id");
  return (await (files === undefined ? ended : ended.where("file", "in", files)).execute()).length;
}

export type EndUses = {
  readonly subjects: readonly string[];
  /** Absent: all of theirs. */
  readonly files?: readonly string[];
};
