import { sql } from "kysely";
import { forgetPhoto } from "#evidence/forget-photo";
import type { Town } from "#platform/town";
import { DRAFT_MS } from "./draft.ts";

const SENDING_MS = 3_600_000;
const MOST_AT_ONCE = 500;

/** Drafts past their day go; so do the marks of sendings nobody can be folded into any more. */
export async function sweepDrafts(town: Town, at: Date): Promise<void> {
  await town.db
    .deleteFrom("intake.draft")
    .where("town", "=", town.id)
    .where("started_at", "<=", new Date(at.getTime() - DRAFT_MS))
    .execute();
  await town.db
    .deleteFrom("intake.sending")
    .where("town", "=", town.id)
    .where("sent_at", "<=", new Date(at.getTime() - SENDING_MS))
    .execute();
}

/**
 * Photos that were sent to a draft or a form and never came to be part of anything are forgotten two days later.
 * What somebody begins to use meanwhile is saved by its foreign key. Returns how many went.
 */
export async function sweepPhotos(town: Town, at: Date): Promise<number> {
  const { rows } = await sql<{ sha256: string }>`
    select f.sha256 from evidence.file f
    where f.town = ${town.id} and f.added_at <= ${new Date(at.getTime() - 2 * DRAFT_MS)}
      and not exists (select from intake.report_photo p where p.town = f.town and p.sha256 = f.sha256)
      and not exists (select from intake.draft_photo p where p.town = f.town and p.sha256 = f.sha256)
      and not exists (select from ledger.problem_evidence e where e.town = f.town and e.sha256 = f.sha256)
      and not exists (select from evidence.redaction r where r.town = f.town and (r.sha256 = f.sha256 or r.replaced_by = f.sha256))
    limit ${MOST_AT_ONCE}`.execute(town.db);
  let gone = 0;
  for (const { sha256 } of rows) {
    try {
      await forgetPhoto(town, at, sha256);
      gone += 1;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "23503")) throw error;
    }
  }
  return gone;
}
