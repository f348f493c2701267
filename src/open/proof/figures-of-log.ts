import { z } from "zod";
import type { KeptEvent } from "#audit/retell";
import type { Day } from "#platform/instant";
import { amountsAfter, Sums } from "#publication/follow-tallies";
import { figuresOf, type FiguresOfSums } from "#publication/figures";
import type { ReadPath } from "#standards/tlog/check-log";
import { readEntries } from "#standards/tlog/read-entries";

const Leaf = z.object({
  verb: z.string(),
  /** Of a report only the day is told. */
  at: z.iso.datetime().optional(),
  on: z.iso.date().optional(),
  subject: z.object({ kind: z.string(), number: z.string().nullish(), handle: z.string().optional() }),
  facts: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Every figure that the town publishes, counted from its public log alone, as of the start of `today`: from a copy of the tiles, anywhere,
 * by whoever doubts them. Keeps what the leaves tell of every problem and report until it has read all: some 300 bytes a leaf.
 */
export async function figuresOfLog(read: ReadPath, size: number, today: Day): Promise<FiguresOfSums> {
  const bySubject = new Map<string, KeptEvent[]>();
  for await (const entry of readEntries(read, size)) {
    const event = eventIn(entry);
    if (event === null) continue;
    const before = bySubject.get(event.subject);
    if (before === undefined) bySubject.set(event.subject, [event]);
    else before.push(event);
  }
  const sums = new Sums();
  for (const events of bySubject.values()) sums.add(amountsAfter(events), 1);
  return figuresOf(sums.all.filter(({ day }) => day === null || day < today));
}

/** What a leaf tells of a problem or a report; null for all others. */
function eventIn(entry: Uint8Array): KeptEvent | null {
  const { verb, at, on, subject, facts } = Leaf.parse(JSON.parse(Buffer.from(entry).toString("utf8")));
  const about = subject.kind === "problem" ? subject.number : subject.kind === "report" ? subject.handle : null;
  if (typeof about !== "string") return null;
  return { verb, at: new Date(at ?? on ?? ""), actor: null, subject: about, facts, said: [], words: {} };
}
