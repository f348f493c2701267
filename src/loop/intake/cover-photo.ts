import { sql } from "kysely";
import { blackOut, type BlackOut } from "#evidence/black-out";
import { redactFile, type RedactFile } from "#evidence/redact-file";
import { isInUse } from "#evidence/uses";
import { involvedIn } from "#ledger/involvement";
import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";

/**
 * Blacks out parts of a photo, by somebody uninvolved in whatever it shows. Refusals: file/unknown, officer/involved, those of blackOut.
 */
export async function coverPhoto(town: Town, by: Officer, at: Date, what: BlackOut): Promise<string> {
  return transact(town, async (town) => {
    refuse(await whyNotCoverPhoto(town, by, what.file));
    return blackOut(town, by, at, what);
  });
}

/**
 * Withdraws a photo from sight, by somebody uninvolved in whatever it shows. Refusals: file/unknown, officer/involved, those of
 * redactFile.
 */
export async function withdrawPhoto(town: Town, by: Officer, at: Date, what: RedactFile): Promise<void> {
  await transact(town, async (town) => {
    refuse(await whyNotCoverPhoto(town, by, what.file));
    await redactFile(town, by, at, what);
  });
}

/**
 * `file/unknown` when the photo is nobody's to cover (isInUse); `officer/involved` when the photo, or one that it stands in the place of,
 * is evidence of a problem the officer is involved in, or came with a report of one: whoever worked on it could cover what speaks against
 * them.
 */
export async function whyNotCoverPhoto(town: Town, by: Officer, file: string): Promise<RefusalCode | null> {
  if (!(await isInUse(town, file))) return "file/unknown";
  const { rows } = await sql<{ involved: boolean }>`
    with shown as (
      select ${file}::text as sha256
      union select r.sha256 from evidence.redaction r where r.town = ${town.id} and r.replaced_by = ${file}
    ), about as (
      select u.subject from evidence.use u join shown s on s.sha256 = u.file where u.town = ${town.id} and u.ended_at is null
    ), problems as (
      select subject as problem from about union
      select r.problem from about a join intake.report r on r.town = ${town.id} and r.id = a.subject where r.problem is not null
      union select j.problem from about a join ledger.joined_report j on j.town = ${town.id} and j.report = a.subject
        and j.separated_at is not null
    )
    select exists (
      select from problems a join ledger.problem p on p.town = ${town.id} and p.id = a.problem where ${involvedIn(town.id, by)}
    ) as involved`.execute(town.db);
  return rows[0]?.involved === true ? "officer/involved" : null;
}
