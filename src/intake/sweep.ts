import { sql, type RawBuilder } from "kysely";
import { forgetPhoto } from "#evidence/forget-photo";
import type { Town } from "#platform/town";
import { DRAFT_MS, MOST_DRAFT_BYTES_OF_TOWN } from "./draft.ts";

const SENDING_MS = 3_600_000;
const MOST_AT_ONCE = 500;

/**
 * Drafts past their time go, then the oldest beyond what a town may keep; so do the marks of sendings nobody can be folded into
 * any more. In batches, each by an index and for itself, until none is left: whoever is writing waits for none of them.
 */
export async function sweepDrafts(town: Town, at: Date): Promise<void> {
  await untilNoneIsLeft(
    sql`
      delete from intake.draft where town = ${town.id} and id in (
        select id from intake.draft where town = ${town.id} and until <= ${at}
        order by until limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
  await untilNoneIsLeft(
    sql`
      delete from intake.draft where town = ${town.id} and id in (
        select id from intake.draft where town = ${town.id} and id <= (
          select id from (
            select id, sum(bytes) over (order by id desc) as held from intake.draft where town = ${town.id}
          ) as d where held > ${MOST_DRAFT_BYTES_OF_TOWN} order by id desc limit 1)
        order by id limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
  await untilNoneIsLeft(
    sql`
      delete from intake.sending where town = ${town.id} and sameness in (
        select sameness from intake.sending where town = ${town.id} and sent_at <= ${new Date(at.getTime() - SENDING_MS)}
        order by sent_at limit ${MOST_AT_ONCE} for update skip locked)`,
    town,
  );
}

async function untilNoneIsLeft(batch: RawBuilder<unknown>, town: Town): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await batch.execute(town.db);
    if (numAffectedRows < MOST_AT_ONCE) return;
  }
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
