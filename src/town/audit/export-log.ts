import { transact, type Town } from "#platform/town";
import type { Actor } from "./append-event.ts";
import { appendEvent } from "./events.ts";
import { readLog, type LogEvent, type LogFilter } from "./queries.ts";
import { THE_TOWN } from "./the-town.ts";

export const MOST_EXPORTED = 10_000;

/** The newest events that match, at most `MOST_EXPORTED`; that they were taken out is an event itself. */
export async function exportLog(town: Town, by: Actor, at: Date, what: LogFilter): Promise<readonly LogEvent[]> {
  return transact(town, async (town) => {
    const { events } = await readLog(town, what, null, MOST_EXPORTED);
    await appendEvent(town, by, at, { verb: "log.exported", subject: THE_TOWN, facts: { ...what, lines: events.length } });
    return events;
  });
}
