import { sql } from "kysely";
import { z } from "zod";
import { isCommitment } from "#audit/append-event";
import type { WaitingEvent } from "#audit/take-waiting";
import type { Town } from "#platform/town";
import { isSealedIn, readEntry } from "#log/leaf";

/** What of the database does not agree with its log; `leaf` is null where an event has no place and does not wait for one. */
export type Mismatch =
  | { readonly kind: LeafMismatch; readonly leaf: number }
  | { readonly kind: "event-without-leaf"; readonly event: string };

/** `words-gone`: they, or their salt, are not there and no event says that they were redacted. */
type LeafMismatch = "event-missing" | "event-changed" | "words-changed" | "words-gone";

const PAGE = 2000;
const Committed = z.object({ words: z.record(z.string(), z.string()) });

/**
 * Compares every event the database keeps with the leaf that commits to it, and every text with its commitment: what a
 * superuser changed behind the log, where readers of the log alone cannot look. Null when all agree.
 */
export async function checkEvents(town: Town, progress: (leaves: number) => void): Promise<Mismatch | null> {
  for (let from = 0; ; from += PAGE) {
    const rows = await leavesFrom(town, from);
    for (const row of rows) {
      const kind = mismatchOf(row);
      if (kind !== null) return { kind, leaf: row.leaf };
    }
    progress(from + rows.length);
    if (rows.length < PAGE) break;
  }
  const stray = await strayEvent(town);
  return stray === null ? null : { kind: "event-without-leaf", event: stray };
}

type Row = Omit<WaitingEvent, "id" | "at"> & {
  readonly leaf: number;
  readonly salt: Buffer;
  readonly entry: string;
  readonly id: string | null;
  readonly at: Date;
  /** The words beside it. */
  readonly words: readonly Word[] | null;
};

/** Of redacted words nothing is kept that could differ, but an event says that they were, or that all of them went to the receivers. */
type Word = { readonly field: string; readonly text: string | null; readonly salt: string | null; readonly redacted: boolean };

async function leavesFrom(town: Town, from: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select l.number as leaf, l.salt, l.entry, e.id, e.verb, e.actor_kind as "actorKind", e.actor, e.at,
      e.subject_kind as "subjectKind", e.subject, e.body,
      (select json_agg(json_build_object('field', w.field, 'text', w.text, 'salt', encode(w.salt, 'hex'), 'redacted', w.text is null
          and exists (select from audit.event r where r.town = w.town and r.subject = e.subject
            and (r.verb = 'text.redacted'
                and r.body::jsonb #>> '{facts,event}' = w.event::text and r.body::jsonb #>> '{facts,field}' = w.field
              or r.verb = 'report.referred' and r.body::jsonb #> '{facts,word}' = 'null' and r.id > e.id))))
        from audit.private_text w where w.town = l.town and w.event = l.event) as words
    from log.leaf l left join audit.event e on e.town = l.town and e.id = l.event
    where l.town = ${town.id} and l.number >= ${from} and l.number < ${from + PAGE} order by l.number`.execute(town.db);
  return rows;
}

function mismatchOf({ leaf, salt, entry: text, id, words, ...event }: Row): LeafMismatch | null {
  if (id === null) return "event-missing";
  const entry = readEntry(text);
  const { verb, actorKind, actor, at, subjectKind, subject, body } = event;
  if (entry === null || entry.leaf !== leaf || !isSealedIn(entry, { id, verb, actorKind, actor, at, subjectKind, subject, body }, salt)) {
    return "event-changed";
  }
  // The event's own commitments: sealed with it, whether or not the leaf tells them.
  const commitments = Committed.parse(JSON.parse(body)).words;
  const kept = words ?? [];
  const isThere = (field: string) => kept.some((word) => word.field === field && (word.text !== null || word.redacted));
  if (!Object.keys(commitments).every(isThere)) return "words-gone";
  return kept.every((word) => agrees(commitments[word.field], word)) ? null : "words-changed";
}

function agrees(committed: string | undefined, { text, salt }: Word): boolean {
  return text === null || salt === null || isCommitment(committed, Buffer.from(salt, "hex"), text);
}

async function strayEvent(town: Town): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select e.id from audit.event e where e.town = ${town.id}
      and not exists (select from log.leaf l where l.town = e.town and l.event = e.id)
      and not exists (select from audit.waiting w where w.town = e.town and w.event = e.id) limit 1`.execute(town.db);
  return rows[0]?.id ?? null;
}
