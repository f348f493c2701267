import type { Visit } from "#doors/web/visit";
import { clockWords } from "./clock-words.ts";

const MINUTE_MS = 60_000;

/** Until when nothing may be tried, in words and for programs: a short wait in seconds, a lock by the clock. */
export function lockedWords(visit: Visit, until: Date): string {
  const words = visit.words.people.signIn;
  const waitMs = Math.max(1, until.getTime() - visit.at.getTime());
  const seconds = Math.ceil(waitMs / 1000);
  visit.context.header("retry-after", String(seconds));
  return waitMs <= MINUTE_MS ? words.slowed(seconds) : words.locked(clockWords(visit, until));
}
