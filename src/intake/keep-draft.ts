import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { refuseUnknownPhotos } from "./attach-photos.ts";
import { sealAnswers, type Answers } from "./draft.ts";

/**
 * Keeps what was answered so far, sealed, in place of what the draft held before; a draft that was swept or sent
 * meanwhile, or none yet (`id` null), begins anew. Returns its id: whoever holds it may read the draft.
 */
export async function keepDraft(
  town: Town,
  at: Date,
  what: { readonly id: string | null; readonly answers: Answers; readonly photos: readonly string[] },
): Promise<string> {
  return transact(town, async (town) => {
    await refuseUnknownPhotos(town, what.photos);
    const id = what.id ?? newId(at);
    const sealed = sealAnswers(town, id, what.answers);
    await town.db
      .insertInto("intake.draft")
      .values({ town: town.id, id, sealed, started_at: at })
      .onConflict((conflict) => conflict.columns(["town", "id"]).doUpdateSet({ sealed }))
      .execute();
    await town.db.deleteFrom("intake.draft_photo").where("town", "=", town.id).where("draft", "=", id).execute();
    if (what.photos.length > 0) {
      await town.db
        .insertInto("intake.draft_photo")
        .values(what.photos.map((sha256, i) => ({ town: town.id, draft: id, position: i + 1, sha256 })))
        .execute();
    }
    return id;
  });
}
