import type { Town } from "#platform/town";
import { writtenEvent, type Actor, type Happening } from "./append-event.ts";

/**
 * Appends one event of what lies sealed, in the caller's transaction. It has no leaf of its own: that it happened, and when, is as secret
 * as what it says. The day's commitment (commit-sealed.ts) holds it. Refusal: event/too-long.
 */
export async function appendSealedEvent(town: Town, by: Actor, at: Date, happening: Happening): Promise<void> {
  const { words, ...event } = writtenEvent(by, at, happening);
  await town.db
    .insertInto("audit.sealed_event")
    .values({ town: town.id, ...event, words: JSON.stringify(words) })
    .execute();
}
