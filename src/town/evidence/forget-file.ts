import { SYSTEM } from "#audit/append-event";
import { unsealSubjects } from "#audit/sealed-subjects";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";

/**
 * What no longer holds a file (it was sent and came to nothing, a use of it ended) lets go of it, and the file goes unless something else
 * holds it: foreign keys win. True when it went: its rows, then its bytes, the sealed original's too. That it was forgotten
 * is an event, so that a file that is missing can be told from one that was taken away.
 */
export async function forgetFile(town: Town, at: Date, sha256: string, letGo: (town: Town) => Promise<void>): Promise<boolean> {
  try {
    return await transact(town, async (town) => {
      await lockFile(town, sha256);
      return forget(town, at, sha256, letGo);
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === FOREIGN_KEY_VIOLATION)) throw error;
    await letGo(town);
    return false;
  }
}

const FOREIGN_KEY_VIOLATION = "23503";

/** The file's row before what held it, as whoever uses a file takes them: of the two at once one waits and finds what the other left. */
async function forget(town: Town, at: Date, sha256: string, letGo: (town: Town) => Promise<void>): Promise<boolean> {
  const file = await town.db
    .selectFrom("evidence.file as f")
    .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
    .select(["f.thumbnail_sha256", "r.sha256 as redacted"])
    .where("f.town", "=", town.id)
    .where("f.sha256", "=", sha256)
    .forUpdate("f")
    .executeTakeFirst();
  await letGo(town);
  if (file === undefined || file.redacted !== null) return false;
  const original = await town.db
    .deleteFrom("evidence.original")
    .where("town", "=", town.id)
    .where("sha256", "=", sha256)
    .returning("sealed_sha256")
    .executeTakeFirst();
  const page = await town.db
    .deleteFrom("evidence.first_page")
    .where("town", "=", town.id)
    .where("sha256", "=", sha256)
    .returning("sealed_sha256")
    .executeTakeFirst();
  await town.db.deleteFrom("evidence.file").where("town", "=", town.id).where("sha256", "=", sha256).execute();
  await appendEvent(town, SYSTEM, at, { verb: "file.forgotten", subject: { kind: "file", id: subjectOf(sha256) }, words: { sha256 } });
  await unsealSubjects(town, [subjectOf(sha256)]);
  for (const bytes of [sha256, file.thumbnail_sha256, original?.sealed_sha256 ?? null, page?.sealed_sha256 ?? null])
    if (bytes !== null) await town.blobs.remove(town.id, bytes);
  return true;
}
