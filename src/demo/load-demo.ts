import { saveView } from "#office/save-view";
import { addDays, dayOf } from "#platform/instant";
import { withNobodyElse } from "#platform/one-connection";
import { transact, type Town } from "#platform/town";
import { furnishDemo } from "./furnish-demo.ts";
import { instantOf, Stage, type Story } from "./stage.ts";
import { MARKET_TOILET, NANPING_DUMP, PARK_ROAD, SQUARE_LAMPS } from "./stories/at-the-gate.ts";
import { FLOATING_RUBBISH, NIGHT_MARKET, SCHOOL_GATE, SOUTH_SIDE_RUBBISH, SUBSISTENCE_ALLOWANCE } from "./stories/closed.ts";
import { LETTERS } from "./stories/letters.ts";
import {
  FACTORY_POWER,
  IRRIGATION_DITCH,
  MAIN_STREET_LAMPS,
  RIVER_OUTLET,
  SCHOOL_BUS,
  SERVICE_WINDOW,
  VILLAGE_ACCOUNTS,
  WELL_COVER,
} from "./stories/under-way.ts";

/** In the order their numbers are given: 0003, 0007, 0011 and 0014 are those of the drawn pages. */
const STORIES: readonly Story[] = [
  FLOATING_RUBBISH,
  SCHOOL_GATE,
  SOUTH_SIDE_RUBBISH,
  SUBSISTENCE_ALLOWANCE,
  NIGHT_MARKET,
  IRRIGATION_DITCH,
  SERVICE_WINDOW,
  PARK_ROAD,
  MAIN_STREET_LAMPS,
  MARKET_TOILET,
  RIVER_OUTLET,
  SQUARE_LAMPS,
  NANPING_DUMP,
  VILLAGE_ACCOUNTS,
  FACTORY_POWER,
  SCHOOL_BUS,
  WELL_COVER,
  ...LETTERS,
];

const FOUNDED_DAYS_AGO = 120;

/**
 * Builds the demo town as of `at`: every act is played by the command that people use, at its past instant, all stories woven
 * into one time, so that the history reads true. All of it or nothing: one transaction. A place that holds a town already is
 * left as it is; says whether it loaded.
 */
export async function loadDemo(place: Omit<Town, "id">, at: Date): Promise<boolean> {
  return transact(place, async (place) => {
    const there = await place.db.selectFrom("people.town").select("town").limit(1).executeTakeFirst();
    if (there !== undefined) return false;
    await withNobodyElse(() => playStories(place, at));
    return true;
  });
}

async function playStories(place: Omit<Town, "id">, at: Date): Promise<void> {
  const today = dayOf(at);
  const furnished = await furnishDemo(place, instantOf({ day: -FOUNDED_DAYS_AGO, time: "09:00" }, at), addDays(today, 60));
  const acts = STORIES.flatMap((story) => {
    const stage = new Stage(furnished, today);
    return story.map((step) => ({ stage, step, at: instantOf(step, at) }));
  });
  for (const act of acts.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    try {
      await act.step.act(act.stage, act.at);
    } catch (cause) {
      throw new Error(`couldn't play the demo's act of day ${act.step.day}, ${act.step.time}`, { cause });
    }
  }
  await saveView(furnished.town, furnished.officer("qianwen"), at, {
    list: "ledger",
    name: "在办的，先急后缓",
    query: "status=assigned&order=due",
  });
}
