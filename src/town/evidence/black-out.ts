import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { isBlank, judgeable } from "#platform/characters";
import { paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { fileHash, subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";
import { blackedOut } from "./own-picture.ts";
import { PHOTO_MEDIA_TYPE } from "./picture.ts";
import { findFile } from "./queries.ts";

const MOST_RECTANGLES = 40;
const LONGEST_LINE = 200;

const FAULT = { error: "rectangle/impossible" } as const;

/** A rectangle in hundredths of the picture's width and height: left, top, width, height. */
const rectangle = z
  .string(FAULT)
  .max(LONGEST_LINE, FAULT)
  .transform((line) => judgeable(line))
  .refine((line) => /^(?:\d{1,3}(?:\.\d{1,20})?[ ,、]+){3}\d{1,3}(?:\.\d{1,20})?$/.test(line), FAULT)
  .transform((line) => {
    const [left = 0, top = 0, width = 0, height = 0] = line.split(/[ ,、]+/).map(Number);
    return { left, top, width, height };
  })
  .refine(({ left, top, width, height }) => width > 0 && height > 0 && left + width <= 100.01 && top + height <= 100.01, FAULT);

export const BlackOut = z.object({
  file: fileHash,
  /** One a line. */
  rectangles: z
    .string({ error: "rectangle/none" })
    .transform((typed) => typed.split("\n").filter((line) => !isBlank(line)))
    .pipe(z.array(rectangle).min(1, { error: "rectangle/none" }).max(MOST_RECTANGLES, FAULT)),
  reason: paragraph(500),
});
export type BlackOut = z.infer<typeof BlackOut>;

/**
 * Blacks out faces, plates and whatever else nobody should see, on a copy that takes the file's place everywhere; the file leaves
 * sight at once and its bytes after the commit, while the original stays sealed. Returns the copy's hash.
 * Refusals: officer/not-allowed, file/unknown.
 */
export async function blackOut(town: Town, by: Officer, at: Date, what: BlackOut): Promise<string> {
  refuse(whyNotDuty(by, "clerk", "office"));
  return transact(town, async (town) => {
    await lockFile(town, what.file);
    const file = await findFile(town, what.file);
    const bytes = file === null || file.redacted || file.shownSha256 !== file.sha256 ? null : await town.blobs.get(town.id, file.sha256);
    if (file === null || bytes === null) throw new Refusal("file/unknown");
    const copy = await blackedOut(bytes, what.rectangles);
    const sha256 = await town.blobs.put(town.id, copy.full);
    const thumbnail = await town.blobs.put(town.id, copy.thumbnail);
    await town.db
      .insertInto("evidence.file")
      .values({
        town: town.id,
        sha256,
        media_type: PHOTO_MEDIA_TYPE,
        bytes: copy.full.length,
        width: copy.width,
        height: copy.height,
        thumbnail_sha256: thumbnail,
        look: copy.look,
        added_at: at,
        added_by: by.id,
      })
      .execute();
    await standInFor(town, by, at, what, sha256);
    await appendEvent(town, asActor(by), at, {
      verb: "file.blacked-out",
      subject: { kind: "file", id: subjectOf(what.file) },
      facts: { rectangles: what.rectangles.length },
      words: { sha256: what.file, copy: sha256, reason: what.reason },
    });
    return sha256;
  });
}

/** The copy stands for the file, and for every file that the file stood for: what is shown is one step away, always. */
async function standInFor(town: Town, by: Officer, at: Date, { file, reason }: BlackOut, copy: string): Promise<void> {
  const covered = { redacted_at: at, redacted_by: by.id, reason, replaced_by: copy };
  await town.db
    .insertInto("evidence.redaction")
    .values({ town: town.id, sha256: file, ...covered })
    .execute();
  await town.db.updateTable("evidence.redaction").set(covered).where("town", "=", town.id).where("replaced_by", "=", file).execute();
}
