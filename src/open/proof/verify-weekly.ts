import { DAY_MS } from "#platform/instant";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { newestCheckpoint } from "./queries.ts";
import { verifyOwnLog } from "./verify-own-log.ts";
import { lastVerified } from "./verified.ts";

const EVERY_DAYS = 7;

/**
 * Verifies a town's log when that was not tried for a week: asked every hour, so that a program which sleeps at night catches up. A log
 * that does not hold is a fault for whoever runs the program; `sanwen log verify` says where.
 */
export async function verifyWeekly(town: Town, notary: Notary, at: Date): Promise<void> {
  const last = await lastVerified(town);
  if (last !== null && at.getTime() - last.triedAt.getTime() < EVERY_DAYS * DAY_MS) return;
  if ((await newestCheckpoint(town)) === null) return; // nothing was signed yet
  const { log, broken } = await verifyOwnLog(town, notary, at, { witnesses: [], progress: () => undefined });
  if (!log.holds || broken !== null)
    throw new Error(`couldn't verify the log: ${log.holds ? broken?.what : log.why}; run sanwen log verify`);
}
