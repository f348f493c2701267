import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { byteaText } from "#platform/bytea";
import { canonicalJson, type Fact } from "#platform/canonical-json";
import { hmacOnce } from "#platform/hmac";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";

/** Who acts, as the event keeps it. `account:…`: through an account of their own, and no officer. */
export const ACTOR_KINDS = [
  "officer",
  "resident",
  "system",
  "device",
  "program",
  "account:contractor",
  "account:enterprise",
  "account:resident",
] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/**
 * Who did it. A resident without an account is never told apart from another: the event says only that it was one. A device or a program
 * acts in its own name, whoever carries or runs it.
 */
export type Actor =
  | { readonly kind: "resident" | "system" }
  | { readonly kind: Exclude<ActorKind, "resident" | "system">; readonly id: string };

export const SYSTEM: Actor = { kind: "system" };
export const RESIDENT: Actor = { kind: "resident" };

/** As long as the hash: a shorter key would be the weaker end. */
const SALT_BYTES = 32;

export type Subject = { readonly kind: string; readonly id: string };

export type Happening = {
  readonly verb: string;
  readonly subject: Subject;
  /** Ids, days, counts, codes: nothing a person wrote, no name. */
  readonly facts?: { readonly [name: string]: Fact };
  /** Free text and names: the event holds only salted commitments to them, the words lie beside it and can be redacted. */
  readonly words?: { readonly [field: string]: string };
};

/**
 * Appends one event in the caller's transaction; it becomes visible, or vanishes, with its cause.
 * Takes no lock beyond its own rows, so unrelated acts never wait for each other. Returns the event's id. Refusal: event/too-long.
 */
export async function appendEvent(town: Town, by: Actor, at: Date, happening: Happening): Promise<string> {
  const event = writtenEvent(by, at, happening);
  await sql`select audit.append_events(${town.id}, ${JSON.stringify([event])})`.execute(town.db);
  return event.id;
}

/**
 * A leaf of the public log holds the body and some 700 bytes around it, and its length has two bytes in an entry tile (C2SP
 * tlog-tiles): one longer leaf and the log could be served no further. So what is many is counted in facts, not listed.
 */
export const LONGEST_BODY_BYTES = 64_000;

/** An event as `audit.append_events` takes it, in JSON, each word with the salt of its commitment. */
export type WrittenEvent = {
  readonly id: string;
  readonly verb: string;
  readonly actor_kind: ActorKind;
  readonly actor: string | null;
  readonly at: Date;
  readonly subject_kind: string;
  readonly subject: string;
  readonly body: string;
  readonly words: readonly { readonly field: string; readonly salt: string; readonly text: string }[];
};

/** For a larger statement that appends it itself. Refusal: event/too-long. */
export function writtenEvent(by: Actor, at: Date, { verb, subject, facts = {}, words = {} }: Happening): WrittenEvent {
  const spoken = Object.entries(words).filter(([, text]) => text !== "");
  const kept = spoken.map(([field, text]) => ({ field, text: text.toWellFormed(), salt: randomBytes(SALT_BYTES) }));
  const commitments = Object.fromEntries(kept.map(({ field, text, salt }) => [field, commitment(salt, text)]));
  const body = canonicalJson({ facts, words: commitments });
  if (Buffer.byteLength(body) > LONGEST_BODY_BYTES) throw new Refusal("event/too-long");
  return {
    id: newId(at),
    verb,
    actor_kind: by.kind,
    actor: "id" in by ? by.id : null,
    at,
    subject_kind: subject.kind,
    subject: subject.id,
    body,
    words: kept.map(({ field, text, salt }) => ({ field, text, salt: byteaText(salt) })),
  };
}

/** Whether a commitment is of this text. Events before the public log hold `sha256:` and SHA-256(salt ‖ text). */
export function isCommitment(kept: string | undefined, salt: Uint8Array, text: string): boolean {
  if (kept?.startsWith("sha256:") !== true) return kept === commitment(salt, text);
  return kept === `sha256:${createHash("sha256").update(salt).update(text, "utf8").digest("hex")}`;
}

/** `hmac-sha256:` and the hex of HMAC-SHA-256 under the salt of the UTF-8 text: says nothing of the text without its salt. */
export function commitment(salt: Uint8Array, text: string): string {
  return `hmac-sha256:${hmacOnce(salt, text)}`;
}
