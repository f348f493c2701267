import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { lockFile } from "./lock-file.ts";
import { findFile } from "./queries.ts";

export const RedactFile = z.object({
  file: z.string({ error: "choice/unknown" }).regex(/^[0-9a-f]{64}$/, { error: "choice/unknown" }),
  reason: paragraph(500),
});
export type RedactFile = z.infer<typeof RedactFile>;

/**
 * Withdraws a file from sight for privacy: at once for every reader, its bytes with removeRedactedBytes after the commit.
 * The row, the reason and every mention of its hash stay.
 */
export async function redactFile(town: Town, by: Officer, at: Date, what: RedactFile): Promise<void> {
  refuse(whyNotDuty(by, "office"));
  await transact(town, async (town) => {
    await lockFile(town, what.file);
    const file = await findFile(town, what.file);
    refuse(file === null || file.redacted ? "file/unknown" : null);
    await town.db
      .insertInto("evidence.redaction")
      .values({ town: town.id, sha256: what.file, redacted_at: at, redacted_by: by.id, reason: what.reason })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "file.redacted",
      subject: { kind: "file", id: subjectOf(what.file) },
      facts: { sha256: what.file },
      words: { reason: what.reason },
    });
  });
}

/** A file is known by its hash, a subject by a UUID: the hash's first 122 free bits, as a UUIDv8 (RFC 9562 §5.8). */
export function subjectOf(sha256: string): string {
  const hex = sha256.slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
