import { z } from "zod";
import { RESIDENT, type Actor } from "#audit/append-event";
import { appendSealedEvent } from "#audit/append-sealed-event";
import { unsealSubjects } from "#audit/sealed-subjects";
import { tellUnsealed } from "#evidence/tell-added";
import { filesOf } from "#evidence/uses";
import { findCategory } from "#limits/queries";
import { asActor, type Officer } from "#people/officer";
import { writtenDegrees } from "#platform/numbers";
import { SEARCH_MADE } from "#platform/search-words";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import type { Report } from "./queries.ts";
import { searchVectorOf } from "./search-vector.ts";
import { lockToSettleSealed } from "./settle-sealed.ts";

/** The category that it belongs to instead, which is not sealed. */
export const LetOutReport = z.object({ report: id, category: id });
export type LetOutReport = z.infer<typeof LetOutReport>;

/**
 * It is not about a person of the town: it goes to the ordinary inbox, with its receipt and all that its reporter said, as if it had come
 * this moment; the day of its first reply stays. Refusals: report/unknown, report/not-open, category/unknown, category/sealed.
 */
export async function letOutReport(town: Town, by: Officer, at: Date, what: LetOutReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToSettleSealed(town, by, what.report);
    const category = await findCategory(town, what.category);
    if (category === null) throw new Refusal("category/unknown");
    if (category.sealed) throw new Refusal("category/sealed");
    await appendSealedEvent(town, asActor(by), at, { verb: "report.let-out", subject: { kind: "report", id: what.report } });
    await unsealSubjects(town, [what.report]);
    const row = await moveRow(town, at, what);
    const sender: Actor = row.registered_by === null ? RESIDENT : { kind: "officer", id: row.registered_by };
    const { channel, village, title, details, place } = row;
    await appendEvent(town, sender, at, {
      verb: "report.received",
      subject: { kind: "report", id: row.id },
      facts: { channel, category: what.category, village, photos: 0, lon: writtenDegrees(row.lon), lat: writtenDegrees(row.lat) },
      words: { title, details, place },
    });
    await moveWords(town, at, row.id);
    await tellUnsealed(town, at, row.id, await filesOf(town, row.id));
  });
}

async function moveRow(town: Town, at: Date, { report, category }: LetOutReport) {
  const row = await town.db
    .selectFrom("intake.sealed_report")
    .select(["id", "channel", "village", "title", "details", "place", "lon", "lat", "registered_by", "receipt_hash", "first_reply_due_at"])
    .where("town", "=", town.id)
    .where("id", "=", report)
    .$narrowType<Pick<Report, "channel">>()
    .executeTakeFirstOrThrow();
  await town.db
    .insertInto("intake.report")
    .values({
      town: town.id,
      ...row,
      category,
      status: "received",
      received_at: at,
      search: searchVectorOf(town, row),
      search_made: SEARCH_MADE,
    })
    .execute();
  await town.db.deleteFrom("intake.passed_report").where("town", "=", town.id).where("id", "=", report).execute();
  return row;
}

/** What its reporter added goes with it and waits to be read. */
async function moveWords(town: Town, at: Date, report: string): Promise<void> {
  const words = await town.db
    .deleteFrom("intake.sealed_word")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .returning(["id", "kind", "text"])
    .execute();
  await town.db.deleteFrom("intake.sealed_report").where("town", "=", town.id).where("id", "=", report).execute();
  for (const { id: word, text } of words.filter(({ kind }) => kind === "added").sort((a, b) => (a.id < b.id ? -1 : 1))) {
    await town.db.insertInto("intake.word").values({ town: town.id, id: word, report, kind: "added", text, said_at: at }).execute();
    await appendEvent(town, RESIDENT, at, {
      verb: "report.added-to",
      subject: { kind: "report", id: report },
      facts: { photos: 0, word },
      words: { text },
    });
    await town.db.updateTable("intake.report").set({ unread_since: at }).where("town", "=", town.id).where("id", "=", report).execute();
  }
}
