import { RESIDENT, type Actor } from "#audit/append-event";
import { isSealed, unsealSubjects } from "#audit/sealed-subjects";
import type { Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { subjectOf } from "./file.ts";

type Added = { readonly sha256: string; readonly original: string };

/** Words, not facts: a hash would tell whoever holds the file that it was sent in, so the event only commits to them. */
export async function tellAdded(town: Town, by: Actor, at: Date, { sha256, original }: Added): Promise<void> {
  await appendEvent(town, by, at, { verb: "file.added", subject: { kind: "file", id: subjectOf(sha256) }, words: { sha256, original } });
}

/**
 * Files that came sealed and now serve what does not lie sealed: from this moment on the log knows of them, as if they had just come. In
 * the caller's transaction.
 */
export async function tellUnsealed(town: Town, at: Date, subject: string, files: readonly string[]): Promise<void> {
  if (files.length === 0 || (await isSealed(town, subject))) return;
  const unsealed = await unsealSubjects(town, files.map(subjectOf));
  const came = files.filter((file) => unsealed.includes(subjectOf(file)));
  if (came.length === 0) return;
  const originals = await town.db
    .selectFrom("evidence.original")
    .select(["sha256", "original_sha256 as original"])
    .where("town", "=", town.id)
    .where("sha256", "in", came)
    .execute();
  for (const one of originals) await tellAdded(town, RESIDENT, at, one);
}
