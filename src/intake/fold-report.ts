import { appendEvent, RESIDENT } from "#audit/append-event";
import { transact, type Town } from "#platform/town";
import type { Identity } from "#vault/identity";
import { keepIdentity } from "#vault/keep-identity";
import { attachPhotos } from "./attach-photos.ts";

type Again = {
  readonly report: string;
  readonly marks: readonly Buffer[];
  readonly photos: readonly string[];
  readonly identity: Identity;
};

/**
 * Folds a sending that lost its claim into the first one and returns that one's id. What only the second brought is kept:
 * a contact where the first left none, photos as far as there is room. Null when the first is gone (withdrawn or
 * swept meanwhile): the marks are free again, to be claimed anew.
 */
export async function foldReport(town: Town, at: Date, again: Again): Promise<string | null> {
  return transact(town, async (town) => {
    const first = await firstOf(town, again);
    if (first === null) {
      await town.db.deleteFrom("intake.sending").where("town", "=", town.id).where("sameness", "in", again.marks).execute();
      return null;
    }
    // A mark that was claimed while its fellow was not points to a report that never came to be.
    await town.db
      .updateTable("intake.sending")
      .set({ report: first })
      .where("town", "=", town.id)
      .where("report", "=", again.report)
      .execute();
    await keepIdentity(town, at, { report: first, identity: again.identity });
    const photos = await attachPhotos(town, at, first, again.photos);
    if (photos > 0)
      await appendEvent(town, RESIDENT, at, { verb: "report.added-to", subject: { kind: "report", id: first }, facts: { photos } });
    return first;
  });
}

async function firstOf(town: Town, again: Again): Promise<string | null> {
  if (again.marks.length === 0) return null;
  const row = await town.db
    .selectFrom("intake.sending as s")
    .innerJoin("intake.report as r", (join) => join.onRef("r.town", "=", "s.town").onRef("r.id", "=", "s.report"))
    .select("r.id")
    .where("s.town", "=", town.id)
    .where("s.sameness", "in", again.marks)
    .where("r.status", "<>", "withdrawn")
    .orderBy("s.sent_at")
    .limit(1)
    .forUpdate("r")
    .executeTakeFirst();
  return row?.id ?? null;
}
