import type { Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import type { Notary } from "#platform/notary";
import type { Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { holdKeyFile } from "./hold-key-file.ts";
import { integrateEvents } from "./integrate-events.ts";
import type { Scribe } from "./telling.ts";

const TRIES = 50;
const WAIT_MS = 200;

/**
 * The ceremony of a new log key: it is made; an event names it; the former key signs a checkpoint over that event, so that whoever
 * trusts the former learns the new one from the log itself; then the new key signs, and of the former only its vkey stays. A crash
 * anywhere leaves the former key signing, and running it again goes on with the key already made. Returns the new vkey.
 */
export async function rotateKey(town: Town, scribe: Scribe, by: Actor, at: Date): Promise<string> {
  const { notary } = scribe;
  const former = await notary.logSigner(town.id);
  const vkey = await holdKeyFile(town, () => notary.prepareNextKey(town.id));
  const event = await appendEvent(town, by, at, {
    verb: "log.key-rotated",
    subject: THE_TOWN,
    facts: { from: former?.vkey ?? null, to: vkey },
  });
  await untilSigned(town, scribe, at, event);
  await holdKeyFile(town, () => notary.startNextKey(town.id));
  // Its first word: from now on the newest checkpoint is the new key's.
  const started = await appendEvent(town, by, at, { verb: "log.key-rotated", subject: THE_TOWN, facts: { to: vkey, started: true } });
  await untilSigned(town, scribe, at, started);
  return vkey;
}

/**
 * When the key is lost: a new one signs from here on, under the same name, without the former's word for it. `vkey` is the lost
 * key's, as it was published; witnesses and monitors must be told by other ways. Returns the new vkey.
 */
export async function rotateLostKey(
  town: Town,
  notary: Notary,
  by: Actor,
  at: Date,
  what: { readonly vkey: string; readonly name: string },
): Promise<string> {
  await holdKeyFile(town, () => notary.replaceLostKey(town.id, what.vkey, what.name));
  const signer = await notary.logSigner(town.id);
  const vkey = signer?.vkey ?? "";
  await appendEvent(town, by, at, { verb: "log.key-rotated", subject: THE_TOWN, facts: { from: what.vkey, to: vkey, lost: true } });
  return vkey;
}

/** Integrates itself, or waits for the running program to. */
async function untilSigned(town: Town, scribe: Scribe, at: Date, event: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await integrateEvents(town, scribe, at);
    const signed = await town.db
      .selectFrom("log.leaf as l")
      .innerJoin("log.checkpoint as c", (join) => join.onRef("c.town", "=", "l.town").onRef("c.size", ">", "l.number"))
      .select("l.number")
      .where("l.town", "=", town.id)
      .where("l.event", "=", event)
      .limit(1)
      .executeTakeFirst();
    if (signed !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  throw new Error("couldn't rotate the log's key: its event was not signed within ten seconds; run it again");
}
