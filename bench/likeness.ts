import { findCandidates } from "#intake/candidates";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import type { Town } from "#platform/town";
import type { Ledger } from "./ledgers.ts";
import { connectionOf } from "./plan.ts";
import { idOf, TOWN } from "./place.ts";
import { proseOf, wordsToFind } from "./prose.ts";

const TIMES = 101;
const TEXTS = 200;
const VILLAGE = idOf("village", 3);

/** Milliseconds of looking for what is alike, asked alone: the slowest of the ways of asking by its median, and by 99 of 100. */
export type LikenessMeasured = { readonly medianMs: number; readonly p99Ms: number };

/** By words of every frequency, by a sentence, its details and a letter of 2,000 characters; of a village, and of the whole town. */
export async function measureLikeness(ledger: Ledger): Promise<LikenessMeasured> {
  const db = openDatabase(await connectionOf(ledger));
  const keys = { algorithms: "international" as const, for: () => Buffer.alloc(32) };
  try {
    return await slowestOf({ id: TOWN, db, keys, blobs: openBlobs("/nonexistent") });
  } finally {
    await db.destroy();
  }
}

async function slowestOf(town: Town): Promise<LikenessMeasured> {
  let slowest: LikenessMeasured = { medianMs: 0, p99Ms: 0 };
  for (const village of [VILLAGE, null]) {
    for (const [name, text] of Object.entries(textsSought())) {
      const times = await timesOf(town, village, text);
      const one = { medianMs: times[Math.floor(TIMES / 2)] ?? Number.NaN, p99Ms: times[Math.floor(TIMES * 0.99)] ?? Number.NaN };
      process.stderr.write(`alike, ${village === null ? "anywhere" : "of a village"}, ${name}: ${JSON.stringify(one)}\n`);
      slowest = { medianMs: Math.max(slowest.medianMs, one.medianMs), p99Ms: Math.max(slowest.p99Ms, one.p99Ms) };
    }
  }
  return slowest;
}

async function timesOf(town: Town, village: string | null, text: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const asked = performance.now();
    await findCandidates(town, { village, lon: null, lat: null, text });
    times.push(performance.now() - asked);
  }
  return times.sort((one, other) => one - other);
}

function textsSought(): Readonly<Record<string, string>> {
  const { common, middling, rare } = wordsToFind();
  const prose = proseOf(TOWN, TEXTS);
  const [first] = prose;
  return {
    "commonest word": `${common}不亮`,
    "middling word": `${middling}不亮`,
    "rare word": `${rare}不亮`,
    sentence: first?.title ?? "",
    details: `${first?.title ?? ""} ${first?.details ?? ""}`,
    letter: prose
      .map(({ details }) => details)
      .join("")
      .slice(0, 2000),
  };
}
