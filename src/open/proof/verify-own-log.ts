import { checkSealed } from "#audit/commit-sealed";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { checkLog, type Verdict } from "#standards/tlog/check-log";
import { isOlderThanSigned, strangersIn } from "./check-database.ts";
import { checkEvents, type Mismatch } from "./check-events.ts";
import { checkStanding, type Differs } from "./check-standing.ts";
import { ownReader } from "./own-reader.ts";
import { recordVerified } from "./verified.ts";

/** The first thing that does not hold behind a log that does. */
export type Broken =
  | { readonly what: "older-than-signed" }
  | { readonly what: "stranger"; readonly stranger: string }
  | { readonly what: "sealed"; readonly day: string }
  | { readonly what: "event"; readonly mismatch: Mismatch }
  | { readonly what: "rows"; readonly differences: readonly Differs[] };

/** How far a verification came: the log itself, then what lies behind it; `broken` null when everything holds. */
export type OwnVerdict = { readonly log: Verdict; readonly broken: Broken | null };

type Asking = {
  readonly witnesses: readonly string[];
  readonly progress: (leaves: number, of: number) => void;
};

/**
 * Hashes our own log again from its entries up to the signed root, then compares every event, text and row behind it. Kept is when it was
 * tried and when it last held (verified.ts). Reads everything there is, once.
 */
export async function verifyOwnLog(town: Town, notary: Notary, at: Date, asking: Asking): Promise<OwnVerdict> {
  const signer = await notary.logSigner(town.id);
  const vkeys = [...(signer === null ? [] : [signer.vkey]), ...(await notary.retiredVkeys(town.id))];
  const log = await checkLog(ownReader(town), { vkeys, witnesses: asking.witnesses }, asking.progress);
  const broken = log.holds ? await brokenBehind(town, notary, (leaves) => asking.progress(leaves, log.checkpoint.size)) : null;
  await recordVerified(town, at, log.holds && broken === null ? log.checkpoint.size : null);
  return { log, broken };
}

async function brokenBehind(town: Town, notary: Notary, progress: (leaves: number) => void): Promise<Broken | null> {
  if (await isOlderThanSigned(town, notary)) return { what: "older-than-signed" };
  const [stranger] = await strangersIn(town.db);
  if (stranger !== undefined) return { what: "stranger", stranger };
  const [day] = await checkSealed(town);
  if (day !== undefined) return { what: "sealed", day };
  const mismatch = await checkEvents(town, progress);
  if (mismatch !== null) return { what: "event", mismatch };
  const differences = await checkStanding(town, () => undefined);
  return differences.length === 0 ? null : { what: "rows", differences };
}
