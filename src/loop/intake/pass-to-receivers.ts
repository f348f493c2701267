import { sql } from "kysely";
import { appendSealedEvent } from "#audit/append-sealed-event";
import { emptyWords } from "#audit/empty-words";
import { sealSubjects } from "#audit/sealed-subjects";
import type { Category } from "#limits/category";
import { asActor, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { writtenDegrees } from "#platform/numbers";
import type { Town } from "#platform/town";
import { refuse } from "#refusals";
import { askOn } from "#vault/holdings";
import { appendEvent } from "./events.ts";
import { whyNotPassToReceivers } from "./report.ts";
import type { LockedReport } from "./settle.ts";
import { sayToReporter } from "./settle-sealed.ts";
import { tellLate } from "./tell-overdue.ts";

/** `due`: the day of its first reply, which goes on running. */
type Passing = { readonly locked: LockedReport; readonly category: Category; readonly due: Date | null; readonly seen: string | null };

/**
 * A report of the inbox is about people of the town: it leaves the inbox with all that was said, and nobody but the receivers of the
 * category opens it again (docs/decisions/0072). The log tells a referral like any other, and the words of its earlier events are emptied.
 * In the caller's transaction, which holds the report's lock. Refusal: report/not-open.
 */
export async function passToReceivers(town: Town, by: Officer, at: Date, what: Passing): Promise<void> {
  const { locked, category, due, seen } = what;
  refuse(whyNotPassToReceivers(locked.status));
  await tellLate(town, at, locked.id);
  await askOn(town, [{ report: locked.id, askOn: dayOf(at) }]); // another category may keep who sent it for fewer days
  await appendEvent(town, asActor(by), at, {
    verb: "report.referred",
    subject: { kind: "report", id: locked.id },
    facts: { word: null, seen },
  });
  await emptyWords(town, at, locked.id);
  await sealSubjects(town, [locked.id]);
  await moveRows(town, at, locked.id, { category: category.id, due });
  await tellSealed(town, by, at, locked.id);
  await sayToReporter(town, by, at, { report: locked.id, kind: "categorised", text: "", category: category.id, seen: null });
}

type Sealing = { readonly category: string; readonly due: Date | null };

/** What figures count of it stays behind (`intake.passed_report`); all else lies where its receivers read. */
async function moveRows(town: Town, at: Date, report: string, { category, due }: Sealing): Promise<void> {
  await sql`
    insert into intake.passed_report (town, id, channel, received_at, first_answered_at, overdue_at)
    select town, id, channel, received_at, ${at}, overdue_at from intake.report
    where town = ${town.id} and id = ${report}`.execute(town.db);
  await sql`
    insert into intake.sealed_report (town, id, channel, category, title, details, place, village, lon, lat, received_at, registered_by,
      receipt_hash, first_reply_due_at, unread_since)
    select town, id, channel, ${category}, title, details, place, village, lon, lat, received_at, registered_by, receipt_hash, ${due},
      unread_since
    from intake.report where town = ${town.id} and id = ${report}`.execute(town.db);
  await sql`
    insert into intake.sealed_word (town, id, report, kind, text, referred_to, category, said_by, said_at)
    select town, id, report, kind, text, referred_to, category, said_by, said_at from intake.word
    where town = ${town.id} and report = ${report}`.execute(town.db);
  await town.db.deleteFrom("intake.word").where("town", "=", town.id).where("report", "=", report).execute();
  await town.db.deleteFrom("intake.report").where("town", "=", town.id).where("id", "=", report).execute();
}

/** Everything that it says as it comes to lie here, each word under its own id: the day's commitment holds it from now on. */
async function tellSealed(town: Town, by: Officer, at: Date, report: string): Promise<void> {
  const { title, details, place, ...row } = await town.db
    .selectFrom("intake.sealed_report")
    .select(["channel", "category", "village", "lon", "lat", "title", "details", "place"])
    .where("town", "=", town.id)
    .where("id", "=", report)
    .executeTakeFirstOrThrow();
  const said = await town.db
    .selectFrom("intake.sealed_word")
    .select(["id", "text"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .execute();
  await appendSealedEvent(town, asActor(by), at, {
    verb: "report.passed-to-receivers",
    subject: { kind: "report", id: report },
    facts: { ...row, lon: writtenDegrees(row.lon), lat: writtenDegrees(row.lat) },
    words: { title, details, place, ...Object.fromEntries(said.map(({ id, text }) => [id, text])) },
  });
}
