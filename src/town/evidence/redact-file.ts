import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { fileHash, subjectOf } from "./file.ts";
import { lockFile } from "./lock-file.ts";
import { findFile } from "./queries.ts";

export const RedactFile = z.object({
  file: fileHash,
  reason: paragraph(500),
});
export type RedactFile = z.infer<typeof RedactFile>;

/**
 * Withdraws a file from sight for privacy: at once for every reader, its bytes with removeRedactedBytes after the commit.
 * The row, the reason, every mention of its hash and the sealed original stay.
 */
export async function redactFile(town: Town, by: Officer, at: Date, what: RedactFile): Promise<void> {
  refuse(whyNotDuty(by, "office"));
  await transact(town, async (town) => {
    await lockFile(town, what.file);
    const file = await findFile(town, what.file);
    refuse(file === null || file.redacted ? "file/unknown" : null);
    const withdrawn = { redacted_at: at, redacted_by: by.id, reason: what.reason };
    await town.db
      .insertInto("evidence.redaction")
      .values({ town: town.id, sha256: what.file, ...withdrawn })
      .onConflict((conflict) => conflict.columns(["town", "sha256"]).doUpdateSet({ replaced_by: null, ...withdrawn }))
      .execute();
    // What this file stood in the place of is out of sight with it, and for its reason.
    await town.db
      .updateTable("evidence.redaction")
      .set({ replaced_by: null, ...withdrawn })
      .where("town", "=", town.id)
      .where("replaced_by", "=", what.file)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "file.redacted",
      subject: { kind: "file", id: subjectOf(what.file) },
      words: { sha256: what.file, reason: what.reason },
    });
  });
}
