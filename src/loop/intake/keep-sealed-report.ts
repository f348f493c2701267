import { sql } from "kysely";
import { RESIDENT } from "#audit/append-event";
import { appendSealedEvent } from "#audit/append-sealed-event";
import { sealSubjects } from "#audit/sealed-subjects";
import type { Category } from "#limits/category";
import { asActor, type Officer } from "#people/officer";
import { takeInOrder } from "#platform/lock-order";
import { writtenDegrees } from "#platform/numbers";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { sealIdentity } from "#vault/seal-identity";
import { claimedBy } from "./fold-report.ts";
import type { Keeping } from "./keep-reports.ts";
import { receiptHash } from "./receipt-code.ts";
import { firstReplyDue, type RuleBook } from "./rule-book.ts";
import { SAME_SENDING } from "./sameness.ts";

/**
 * Keeps a report of a sealed category apart, with its identity and its sealed event, in the caller's transaction. Returns the report it
 * is the same as, when it was sent before; else null. Refusal: village/unknown.
 */
export async function keepSealedReport(
  town: Town,
  { book, category }: { readonly book: RuleBook; readonly category: Category },
  by: Officer | null,
  at: Date,
  what: Keeping,
): Promise<string | null> {
  if (what.village !== null && !book.villages.has(what.village)) throw new Refusal("village/unknown");
  const twin = what.mark === null ? null : await claim(town, at, what.report, what.mark);
  if (twin !== null) return twin;
  const { title, details, place, village, lon, lat, channel } = what;
  await town.db
    .insertInto("intake.sealed_report")
    .values({
      town: town.id,
      id: what.report,
      channel,
      category: category.id,
      for_secretary: what.forSecretary ?? false,
      title,
      details,
      place,
      village,
      lon,
      lat,
      received_at: at,
      registered_by: by?.id ?? null,
      receipt_hash: receiptHash(town.keys, what.code),
      first_reply_due_at: firstReplyDue(book.calendar, [category], at),
    })
    .execute();
  await sealSubjects(town, [what.report]);
  const identity = sealIdentity(town, at, what.report, what);
  if (identity !== null) await sql`select vault.keep(${town.id}, ${JSON.stringify([identity])})`.execute(town.db);
  await appendSealedEvent(town, by === null ? (what.sender ?? RESIDENT) : asActor(by), at, {
    verb: "report.received",
    subject: { kind: "report", id: what.report },
    facts: { channel, category: category.id, village, photos: what.photos.length, lon: writtenDegrees(lon), lat: writtenDegrees(lat) },
    words: { title, details, place },
  });
  return null;
}

/** The report that was sent so before, within the time that makes two sendings one; of two at once the second waits for the first. */
async function claim(town: Town, at: Date, report: string, mark: Buffer): Promise<string | null> {
  takeInOrder("sending");
  const { rows: claimed } = await sql`
    insert into intake.sending as s (town, sameness, report, sent_at) values (${town.id}, ${mark}, ${report}, ${at})
    on conflict on constraint sending_pkey do update set report = excluded.report, sent_at = excluded.sent_at
      where s.sent_at not between excluded.sent_at - ${SAME_SENDING}::interval and excluded.sent_at + ${SAME_SENDING}::interval
    returning s.report`.execute(town.db);
  return claimed.length > 0 ? null : claimedBy(town, mark);
}
