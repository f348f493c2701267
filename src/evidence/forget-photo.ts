import { appendEvent, SYSTEM } from "#audit/append-event";
import { transact, type Town } from "#platform/town";
import { subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";

/**
 * Forgets a photo that nothing uses: its rows, then its bytes, the sealed original's too. Whoever calls knows it is unused now; if
 * somebody began to use it meanwhile, their foreign key wins and this throws (SQLSTATE 23503), leaving all in place. That it was
 * forgotten is an event, so that a file that is missing can be told from one that was taken away.
 */
export async function forgetPhoto(town: Town, at: Date, sha256: string): Promise<void> {
  await transact(town, async (town) => {
    await lockFile(town, sha256);
    const file = await town.db
      .selectFrom("evidence.file as f")
      .leftJoin("evidence.redaction as r", (join) => join.onRef("r.town", "=", "f.town").onRef("r.sha256", "=", "f.sha256"))
      .select(["f.thumbnail_sha256", "r.sha256 as redacted"])
      .where("f.town", "=", town.id)
      .where("f.sha256", "=", sha256)
      .executeTakeFirst();
    if (file === undefined || file.redacted !== null) return;
    const original = await town.db
      .deleteFrom("evidence.original")
      .where("town", "=", town.id)
      .where("sha256", "=", sha256)
      .returning("sealed_sha256")
      .executeTakeFirst();
    await town.db.deleteFrom("evidence.file").where("town", "=", town.id).where("sha256", "=", sha256).execute();
    await appendEvent(town, SYSTEM, at, { verb: "file.forgotten", subject: { kind: "file", id: subjectOf(sha256) }, facts: { sha256 } });
    for (const bytes of [sha256, file.thumbnail_sha256, original?.sealed_sha256 ?? null])
      if (bytes !== null) await town.blobs.remove(town.id, bytes);
  });
}
