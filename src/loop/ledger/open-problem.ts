import { z } from "zod";
import { photoHashes } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { HALF_A_POSITION, isWholePosition, latitude, longitude, writtenDegrees } from "#platform/numbers";
import { id, line, openLineIfAny, openly, openParagraphIfAny, optionalId } from "#platform/text";
import { takeInOrder } from "#platform/lock-order";
import { noteChanged } from "#platform/settling";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { JoinedReport, keepJoined } from "./join-report.ts";
import { searchColumns } from "./search-columns.ts";
import { findThemeCampaign } from "./theme-problem.ts";
import { LEDGER_ACTS } from "./who-may.ts";

/** 怎么啦: what is wrong, where, of which kind; the reports it answers; the photos that show it before. */
export const OPENED_WITH = {
  title: openly(line(200)),
  details: openParagraphIfAny(5000),
  place: openLineIfAny(200),
  village: optionalId,
  lon: longitude,
  lat: latitude,
  category: id,
  theme: optionalId,
  photos: photoHashes,
  reports: z.array(JoinedReport).max(200).default([]),
};

export const OpenProblem = z.object(OPENED_WITH).refine(isWholePosition, HALF_A_POSITION);
export type OpenProblem = z.output<typeof OpenProblem>;

/** Puts a problem on the ledger under the next number of the year. */
export async function openProblem(
  town: Town,
  by: Officer,
  at: Date,
  what: OpenProblem,
): Promise<{ readonly problem: string; readonly number: string }> {
  refuse(whyNotDuty(by, ...LEDGER_ACTS.open.duties));
  return enterProblem(town, by, at, what);
}

/**
 * The same, by whom a room above has found entitled: who receives a sealed report opens a problem of it without the office's duty.
 * Refusals: category/unknown, village/unknown, those of useFiles.
 */
export async function enterProblem(
  town: Town,
  by: Officer,
  at: Date,
  what: OpenProblem,
): Promise<{ readonly problem: string; readonly number: string }> {
  return transact(town, async (town) => {
    await refuseUnknownPlace(town, what);
    const campaign = what.theme === null ? null : await findThemeCampaign(town, what.theme);
    const problem = newId(at);
    const { number, ordinal } = await nextNumber(town, at);
    const { title, details, place, village, lon, lat, category, theme } = what;
    await town.db
      .insertInto("ledger.problem")
      .values({
        town: town.id,
        id: problem,
        number,
        ordinal,
        status: "opened",
        opened_at: at,
        opened_on: dayOf(at),
        report_count: what.reports.length,
        title,
        details,
        place,
        village,
        lon,
        lat,
        category,
        theme,
        campaign,
        ...searchColumns(town, { number, title, details, place, village, unit: null, measures: [], goal: "", leaders: [] }),
      })
      .execute();
    noteChanged(town, problem);
    await keepJoined(town, by, at, problem, what.reports);
    const chosenFrom = what.reports.map(({ report }) => report);
    await useFiles(town, asActor(by), at, { files: what.photos, purpose: "before", subject: problem, chosenFrom });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.opened",
      subject: { kind: "problem", id: problem },
      facts: {
        version: 1,
        number,
        category,
        theme,
        campaign,
        village,
        channels: what.reports.map((report) => report.channel),
        photos: what.photos,
        lon: writtenDegrees(lon),
        lat: writtenDegrees(lat),
        reports: what.reports.map(({ report, channel }) => ({ report, channel })),
      },
      words: { title, details, place },
    });
    return { problem, number };
  });
}

async function refuseUnknownPlace(town: Town, what: OpenProblem): Promise<void> {
  const category = town.db
    .selectFrom("limits.category")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "=", what.category)
    .where("retired_at", "is", null);
  if ((await category.executeTakeFirst()) === undefined) throw new Refusal("category/unknown");
  if (what.village === null) return;
  const village = town.db
    .selectFrom("people.village")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "=", what.village)
    .where("retired_at", "is", null);
  if ((await village.executeTakeFirst()) === undefined) throw new Refusal("village/unknown");
}

/** Takes the year's next number and holds its row until commit: whoever opens meanwhile waits, and a rollback leaves no gap. */
async function nextNumber(town: Town, at: Date): Promise<{ readonly number: string; readonly ordinal: number }> {
  takeInOrder("number");
  const year = Number(dayOf(at).slice(0, 4));
  const { prefix } = await town.db.selectFrom("people.town").select("prefix").where("town", "=", town.id).executeTakeFirstOrThrow();
  const { last } = await town.db
    .insertInto("ledger.number_given")
    .values({ town: town.id, year, last: 1 })
    .onConflict((conflict) => conflict.columns(["town", "year"]).doUpdateSet((eb) => ({ last: eb("ledger.number_given.last", "+", 1) })))
    .returning("last")
    .executeTakeFirstOrThrow();
  return { number: `${prefix}-${year}-${String(last).padStart(4, "0")}`, ordinal: year * 10_000_000 + last };
}
