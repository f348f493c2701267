import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { photoHashes } from "#evidence/file";
import { newId } from "#platform/ids";
import { id, optionalParagraph, type FieldFault } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { attachPhotos } from "./attach-photos.ts";
import { appendEvent } from "./events.ts";
import { MOST_WORDS, whyNotAddWord } from "./report.ts";
import { lockSealed, type LockedSealed } from "./sealed-reports.ts";
import { sayOfSealed } from "./settle-sealed.ts";
import { lockReport } from "./settle.ts";

/** At least one of the two: words, photos. */
export const AddWord = z
  .object({ report: id, text: optionalParagraph(2000), photos: photoHashes })
  .refine(({ text, photos }) => text !== "" || photos.length > 0, { error: "words/none" satisfies FieldFault, path: ["text"] });
export type AddWord = z.infer<typeof AddWord>;

/**
 * The reporter adds a word, photos, or both, to a report that is still being worked on. A word to an accepted report is
 * read by the clerks, whom it waits for; it does not appear on the ledger by itself. Returns the word's id.
 * Refusals: report/unknown, report/not-open, report/words-too-many, file/unknown, file/too-many.
 */
export async function addWord(town: Town, at: Date, what: AddWord): Promise<string> {
  return transact(town, async (town) => {
    const sealed = await lockSealed(town, what.report);
    if (sealed !== null) return addToSealed(town, at, sealed, what);
    const report = await lockReport(town, what.report);
    refuse(whyNotAddWord(report.status, await addedBefore(town, report.id)));
    const photos = await attachPhotos(town, at, report.id, what.photos);
    if (photos < new Set(what.photos).size && what.text === "") throw new Refusal("file/too-many");
    const word = newId(at);
    await town.db
      .insertInto("intake.word")
      .values({ town: town.id, id: word, report: report.id, kind: "added", text: what.text, said_at: at })
      .execute();
    await town.db
      .updateTable("intake.report")
      .set((eb) => ({ unread_since: eb.fn.coalesce("unread_since", eb.val(at)) }))
      .where("town", "=", town.id)
      .where("id", "=", report.id)
      .execute();
    await appendEvent(town, RESIDENT, at, {
      verb: "report.added-to",
      subject: { kind: "report", id: report.id },
      facts: { photos, word },
      words: { text: what.text },
    });
    return word;
  });
}

async function addToSealed(town: Town, at: Date, { id: report, status }: LockedSealed, what: AddWord): Promise<string> {
  refuse(whyNotAddWord(status, await addedToSealed(town, report)));
  const photos = await attachPhotos(town, at, report, what.photos);
  if (photos < new Set(what.photos).size && what.text === "") throw new Refusal("file/too-many");
  return sayOfSealed(town, at, report, { kind: "added", text: what.text });
}

async function addedToSealed(town: Town, report: string): Promise<number> {
  const words = town.db.selectFrom("intake.sealed_word").select("id").where("town", "=", town.id).where("report", "=", report);
  return (await words.where("kind", "=", "added").limit(MOST_WORDS).execute()).length;
}

/** How often its reporter has added to it. */
export async function addedBefore(town: Town, report: string): Promise<number> {
  const { count } = await town.db
    .selectFrom("intake.word")
    .select((eb) => eb.fn.countAll().as("count"))
    .where("town", "=", town.id)
    .where("report", "=", report)
    .where("kind", "=", "added")
    .executeTakeFirstOrThrow();
  return Number(count);
}
