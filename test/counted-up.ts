import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { TALLIES } from "#publication/follow-tallies";
import { followToTheEnd } from "./following.ts";
import { aNotary, asScribe } from "./notary.ts";
import { AT } from "./town.ts";

const notaries = new WeakMap<Town["db"], Notary>();

/** What happened gets its places in the log and the tallies follow: figures are of this moment, as a second later in a running program. */
export async function countedUp(town: Town): Promise<{ readonly vkey: string }> {
  const notary = notaries.get(town.db) ?? aNotary();
  notaries.set(town.db, notary);
  await nameLog(town, notary, new URL("https://ledger.example"));
  await integrateEvents(town, asScribe(notary), AT);
  await followToTheEnd(town, TALLIES);
  return { vkey: (await notary.logSigner(town.id))?.vkey ?? "" };
}
