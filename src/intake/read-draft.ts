import type { Town } from "#platform/town";
import { DRAFT_MS, unsealAnswers, type Draft } from "./draft.ts";

/** The draft, or null when there is none or its day is over. */
export async function readDraft(town: Town, at: Date, id: string): Promise<Draft | null> {
  const rows = await town.db
    .selectFrom("intake.draft as d")
    .leftJoin("intake.draft_photo as p", (join) => join.onRef("p.town", "=", "d.town").onRef("p.draft", "=", "d.id"))
    .select(["d.sealed", "p.sha256"])
    .where("d.town", "=", town.id)
    .where("d.id", "=", id)
    .where("d.started_at", ">", new Date(at.getTime() - DRAFT_MS))
    .orderBy("p.position")
    .execute();
  const [row] = rows;
  const answers = row === undefined ? null : unsealAnswers(town, id, row.sealed);
  return answers === null ? null : { id, answers, photos: rows.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256])) };
}
