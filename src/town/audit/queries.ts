import { sql, type RawBuilder } from "kysely";
import { addDays, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { ActorKind, Subject } from "./append-event.ts";

/** What of the log is asked for; null means whatever it may be. Days are days in China, the last one included. */
export type LogFilter = {
  readonly verb: string | null;
  readonly officer: string | null;
  readonly subject: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
};

export type LogEvent = {
  readonly id: string;
  readonly verb: string;
  readonly actorKind: ActorKind;
  readonly actor: string | null;
  readonly at: Date;
  readonly subjectKind: string;
  readonly subject: string;
  /** The event's canonical body, as its hash will be taken. */
  readonly body: string;
  /** The words beside it by field; null where they were redacted. Only of events about people and settings: see `SPOKEN`. */
  readonly words: { readonly [field: string]: string | null };
};

/** Whoever reads the log sees no content of reports or problems by that duty (rules-of-the-ledger §4), only that something was said. */
const SPOKEN: readonly string[] = [
  "officer",
  "unit",
  "village",
  "category",
  "standard-answer",
  "campaign",
  "theme",
  "policy",
  "calendar",
  "town",
  "device",
  "program",
];

/** Events from the newest on, before the one named; `next` names the last one when there are more. */
export async function readLog(
  town: Town,
  filter: LogFilter,
  before: string | null,
  limit: number,
): Promise<{ readonly events: readonly LogEvent[]; readonly next: string | null }> {
  const rows = await events(town)
    .$if(filter.verb !== null, (log) => log.where("e.verb", "=", filter.verb ?? ""))
    .$if(filter.officer !== null, (log) => log.where("e.actor", "=", filter.officer))
    .$if(filter.subject !== null, (log) => log.where("e.subject", "=", filter.subject ?? ""))
    .$if(filter.from !== null, (log) => log.where("e.id", ">=", firstIdAt(startOf(filter.from ?? ""))))
    .$if(filter.to !== null, (log) => log.where("e.id", "<", firstIdAt(startOf(addDays(filter.to ?? "", 1)))))
    .$if(before !== null, (log) => log.where("e.id", "<", before ?? ""))
    .orderBy("e.id", "desc")
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  return { events: await withWords(town, shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

const MOST_CHANGES = 20;

/** What moved a setting above the version a form was drawn from, the latest first. */
export async function changesSince(town: Town, { kind, id }: Subject, version: number): Promise<readonly LogEvent[]> {
  const rows = await events(town)
    .where("e.subject", "=", id)
    .where("e.subject_kind", "=", kind)
    .where(sql<boolean>`(e.body::jsonb #>> '{facts,version}')::bigint > ${version}`)
    .orderBy("e.id", "desc")
    .limit(MOST_CHANGES)
    .execute();
  return withWords(town, rows);
}

function events(town: Town) {
  return town.db
    .selectFrom("audit.event as e")
    .select(["e.id", "e.verb", "e.actor_kind as actorKind", "e.actor", "e.at", "e.subject_kind as subjectKind", "e.subject", "e.body"])
    .where("e.town", "=", town.id);
}

async function withWords(town: Town, rows: readonly Omit<LogEvent, "words">[]): Promise<readonly LogEvent[]> {
  const words = await wordsOf(
    town,
    rows.filter(({ subjectKind }) => SPOKEN.includes(subjectKind)).map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, words: words.get(row.id) ?? {} }));
}

async function wordsOf(town: Town, events: readonly string[]): Promise<ReadonlyMap<string, { readonly [field: string]: string | null }>> {
  if (events.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("audit.private_text")
    .select(["event", "field", "text"])
    .where("town", "=", town.id)
    .where("event", "in", events)
    .orderBy("field")
    .execute();
  const words = new Map<string, Record<string, string | null>>();
  for (const { event, field, text } of rows) words.set(event, { ...words.get(event), [field]: text });
  return words;
}

/** The smallest id an event of that instant can have: ids are UUIDv7 of the event's own time, so days are ranges of the primary key. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Words that were said with an event and stand, as far as they were not covered. */
export type SaidWords = {
  readonly event: string;
  readonly verb: string;
  readonly at: Date;
  readonly field: string;
  readonly text: string;
};

/** Of one answer; somebody may object to one problem for years. */
const MOST_TEXTS = 500;

/** What was said about something and still stands, in the order it was said; of what was covered in part, what is left. The latest 500. */
export async function wordsAbout(town: Town, subject: string): Promise<readonly SaidWords[]> {
  return saidAbout(town, subject, sql`true`);
}

/** A page's worth of events, as a desk tells them; what neighbours say is not among them, and carries no words. */
const MOST_EVENTS = 200;

/** The same of the latest 200 events, in the words of their index (db/migrations/0165): however much happened, no more is read. */
export async function latestWords(town: Town, { kind, id }: Subject): Promise<readonly SaidWords[]> {
  const which = kind === "problem" ? sql`subject_kind = 'problem' and verb <> 'problem.me-too'` : sql`subject_kind = ${kind}`;
  const { rows } = await sql<SaidWords>`
    select e.id as event, e.verb, e.at, w.field, ${STANDING_TEXT} as text
    from (
      select town, id, verb, at from audit.event where town = ${town.id} and subject = ${id} and ${which}
      order by id desc limit ${MOST_EVENTS}
    ) e join audit.private_text w on w.town = e.town and w.event = e.id
    where e.town = ${town.id} and e.verb <> 'text.redacted' and ${STANDING_TEXT} is not null
    order by e.id, w.field`.execute(town.db);
  return rows;
}

/** Those of all in which one of the words stands. */
export async function wordsWith(town: Town, subject: string, words: readonly string[]): Promise<readonly SaidWords[]> {
  return saidAbout(town, subject, sql`exists (select from unnest(${words}::text[]) m where position(m in s.text) > 0)`);
}

async function saidAbout(town: Town, subject: string, which: RawBuilder<unknown>): Promise<readonly SaidWords[]> {
  const { rows } = await sql<SaidWords>`
    select e.id as event, e.verb, e.at, w.field, s.text
    from audit.event e join audit.private_text w on w.town = e.town and w.event = e.id
    cross join lateral (select ${STANDING_TEXT} as text) s
    where e.town = ${town.id} and e.subject = ${subject} and e.verb <> 'text.redacted' and s.text is not null and ${which}
    order by e.id desc, w.field desc limit ${MOST_TEXTS}`.execute(town.db);
  return rows.toReversed();
}

/** The words of a row `w` of `audit.private_text` as they stand: whole, what was left of them, or null where all were covered. */
export const STANDING_TEXT = sql<string | null>`coalesce(w.text, audit.left_of(w.town, w.event, w.field))`;
