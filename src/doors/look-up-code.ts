import { setTimeout as sleep } from "node:timers/promises";
import { findCoded, type Coded } from "#intake/find-slip";
import type { Town } from "#platform/town";
import type { Limits } from "./limits.ts";

/** How long an address that was often wrong waits for the next look. */
const SLOWED_MS = 1000;

/**
 * A code that opens nothing. `waitMs`: how long the address has to wait that was wrong too often, else null. `diedAt`: when it was made
 * anew, where it was a code; whoever shows a dead one has guessed nothing and is not counted as wrong.
 */
type Nobodys = { readonly coded: null; readonly waitMs: number | null; readonly diedAt: Date | null };

/**
 * The report or slip of a receipt code, at whichever door it is shown: one indexed look for whatever hash the code makes, so that a wrong
 * code takes the same way wherever it comes from. A whole village may share one address behind its carrier's NAT: a right code opens
 * whatever others got wrong there.
 */
export async function lookUpCode(town: Town, limits: Limits, address: string, code: string): Promise<Nobodys | { readonly coded: Coded }> {
  const from = { town: town.id, address };
  const waitMs = await limits.whyNotErr("receipt-code", from);
  if (waitMs !== null) await sleep(SLOWED_MS);
  const found = await findCoded(town, code);
  if (found === null) {
    if (waitMs === null) await limits.countWrong("receipt-code", from);
    return { coded: null, waitMs, diedAt: null };
  }
  const { diedAt, ...coded } = found;
  return diedAt === null ? { coded } : { coded: null, waitMs: null, diedAt };
}
