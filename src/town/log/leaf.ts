import { hash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { WaitingEvent } from "#audit/take-waiting";
import { canonicalJson, type Fact } from "#platform/canonical-json";
import { hmacOnce } from "#platform/hmac";
import { dayOf } from "#platform/instant";
import type { Telling } from "./telling.ts";

/** What else the log says of an event: looked up when it gets its place, and fixed with it. */
export type Surroundings = {
  /** Of the officer who did it. */
  readonly unit: string | null;
  /** Of the problem it is about, or null: another subject. */
  readonly problemNumber: string | null;
};

/** Where an event gets its leaf, and what may be told there; `salt` opens the leaf's commitment to the whole event. */
export type Place = { readonly town: string; readonly number: number; readonly salt: Uint8Array; readonly telling: Telling };

type Body = { readonly facts: { readonly [name: string]: Fact }; readonly words: { readonly [field: string]: string } };
/** Written by append-event.ts. */
const Body = z.custom<Body>((body) => typeof body === "object" && body !== null && "facts" in body && "words" in body);

export function bodyIn(text: string): Body {
  return Body.parse(JSON.parse(text));
}

/**
 * The text that is hashed: canonical JSON (RFC 8785) of structured facts. Words stand in it as the commitments the event holds;
 * `event` commits to the whole event as the database keeps it, so that what is not told here cannot be changed unseen either.
 * Of a report it tells no more than that something of this kind happened to it on this day: what it was about, through which door
 * it came and which problem it became stay behind the seal, and so does the moment. A look at an identity tells who looked and why,
 * but not whose it was.
 */
export function leafEntry({ town, number, salt, telling }: Place, event: WaitingEvent, around: Surroundings): string {
  if (event.subjectKind === "report" && !telling.untoldSubjects.has(event.verb)) {
    const subject = { kind: "report", handle: handleOf(event.subject) };
    return canonicalJson({ town, leaf: number, on: dayOf(event.at), verb: event.verb, subject, event: eventSeal(event, salt) });
  }
  const { facts, words } = bodyIn(event.body);
  const untold = telling.untoldFacts(event.verb);
  return canonicalJson({
    town,
    leaf: number,
    at: event.at.toISOString(),
    verb: event.verb,
    by: actorOf(telling, event, around),
    subject: subjectOf(telling, event, around),
    facts: Object.fromEntries(Object.entries(facts).filter(([name]) => !untold.includes(name))),
    words,
    event: eventSeal(event, salt),
  });
}

/**
 * Handlers and clerks appear by their unit only; who leads or decides is named by id. Devices and programs are the town's and named by
 * theirs; of an account the log says what kind of holder it has, and never which.
 */
function actorOf({ namesWho }: Telling, { verb, actorKind: kind, actor }: WaitingEvent, { unit }: Surroundings): Fact {
  if (kind === "officer") return namesWho.has(verb) ? { kind, unit, officer: actor } : { kind, unit };
  return kind === "device" || kind === "program" ? { kind, id: actor } : { kind };
}

function subjectOf({ untoldSubjects }: Telling, event: WaitingEvent, { problemNumber }: Surroundings): Fact {
  if (untoldSubjects.has(event.verb)) return { kind: event.subjectKind };
  switch (event.subjectKind) {
    case "problem":
      return { kind: "problem", number: problemNumber };
    case "officer":
      return { kind: "officer" };
    default:
      return { kind: event.subjectKind, id: event.subject };
  }
}

/**
 * What stands for a report in the log: `sha256:` and hex of SHA-256 over its id, so that whoever has the id knows its leaves. The id
 * itself begins with the millisecond of its arrival (UUIDv7); the rest of it is too long to be guessed.
 */
export function handleOf(report: string): string {
  return `sha256:${hash("sha256", report, "hex")}`;
}

/** `hmac-sha256:` and hex of HMAC-SHA-256 under the leaf's salt over everything the database keeps of the event. */
function eventSeal(event: WaitingEvent, salt: Uint8Array): string {
  const whole = canonicalJson({ ...event, at: event.at.toISOString() });
  return `hmac-sha256:${hmacOnce(salt, whole)}`;
}

const Entry = z.object({
  town: z.string(),
  leaf: z.number(),
  event: z.string(),
  verb: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/** An entry read again, of today's or an earlier shape; null when it is not one of ours. */
export function readEntry(text: string): Entry | null {
  try {
    return Entry.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether the event that the database keeps is the one that the leaf commits to. */
export function isSealedIn(entry: Entry, event: WaitingEvent, salt: Uint8Array): boolean {
  const [sealed, kept] = [Buffer.from(entry.event), Buffer.from(eventSeal(event, salt))];
  return sealed.length === kept.length && timingSafeEqual(sealed, kept);
}
