import { createHash, randomBytes } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import { canonicalJson, type Fact } from "#platform/canonical-json";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import type { Verb } from "./verb.ts";

/** Who did it. A resident is never told apart from another resident: the event says only that it was one. */
export type Actor = { readonly kind: "officer"; readonly id: string } | { readonly kind: "resident" } | { readonly kind: "system" };

export const SYSTEM: Actor = { kind: "system" };
export const RESIDENT: Actor = { kind: "resident" };

export type Subject = { readonly kind: SubjectKind; readonly id: string };
export type SubjectKind = "problem" | "report" | "officer" | "unit" | "village" | "category" | "campaign" | "theme" | "policy" | "calendar" | "town" | "file";

export type Happening = {
  readonly verb: Verb;
  readonly subject: Subject;
  /** Ids, days, counts, codes: nothing a person wrote, no name. */
  readonly facts?: { readonly [name: string]: Fact };
  /** Free text and names: the event holds only salted commitments to them, the words lie beside it and can be redacted. */
  readonly words?: { readonly [field: string]: string };
};

/**
 * Appends one event in the caller's transaction; it becomes visible, or vanishes, with its cause.
 * Takes no lock beyond its own rows, so unrelated acts never wait for each other. Returns the event's id.
 */
export async function appendEvent(town: Town, by: Actor, at: Date, happening: Happening): Promise<string> {
  const { event, texts } = rowsOf(town, by, at, happening);
  await town.db.insertInto("audit.event").values(event).execute();
  if (texts.length > 0) await town.db.insertInto("audit.private_text").values(texts).execute();
  return event.id;
}

/**
 * The same as members of a larger `with` statement, for a command whose whole work is one round trip: `event` and
 * `event_text`, appended once when `given` (a query) has a row, and not at all otherwise.
 */
export function eventMembers(town: Town, by: Actor, at: Date, happening: Happening, given: RawBuilder<unknown>): RawBuilder<unknown> {
  const { event, texts } = rowsOf(town, by, at, happening);
  return sql`event as (
      insert into audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body)
      select ${event.town}, ${event.id}::uuid, ${event.verb}, ${event.actor_kind}, ${event.actor}::uuid, ${event.at}::timestamptz, ${event.subject_kind}, ${event.subject}::uuid, ${event.body}
      where exists (${given})
    ), event_text as (
      insert into audit.private_text (town, event, field, salt, text)
      select ${event.town}, ${event.id}::uuid, field, salt, text
      from unnest(${texts.map(({ field }) => field)}::text[], ${texts.map(({ salt }) => salt)}::bytea[], ${texts.map(({ text }) => text)}::text[]) as spoken (field, salt, text)
      where exists (${given})
    )`;
}

function rowsOf(town: Town, by: Actor, at: Date, happening: Happening) {
  const id = newId(at);
  const spoken = Object.entries(happening.words ?? {}).filter(([, text]) => text !== "");
  const texts = spoken.map(([field, text]) => ({ town: town.id, event: id, field, text: text.toWellFormed(), salt: randomBytes(16) }));
  const words = Object.fromEntries(texts.map(({ field, text, salt }) => [field, commitment(salt, text)]));
  const event = {
    town: town.id,
    id,
    verb: happening.verb,
    actor_kind: by.kind,
    actor: by.kind === "officer" ? by.id : null,
    at,
    subject_kind: happening.subject.kind,
    subject: happening.subject.id,
    body: canonicalJson({ facts: happening.facts ?? {}, words }),
  };
  return { event, texts };
}

/** `sha256:` and the hex of SHA-256(salt ‖ UTF-8 text). */
export function commitment(salt: Uint8Array, text: string): string {
  return `sha256:${createHash("sha256").update(salt).update(text, "utf8").digest("hex")}`;
}
