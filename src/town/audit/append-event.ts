import { createHash, randomBytes } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
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
  const { rows } = await sql<{ id: string }>`select ${appending(town, by, at, happening)} as id`.execute(town.db);
  const [event] = rows;
  if (event === undefined) throw new Error(`couldn't append ${happening.verb}: no answer`);
  return event.id;
}

/**
 * A leaf of the public log holds the body and some 700 bytes around it, and its length has two bytes in an entry tile (C2SP
 * tlog-tiles): one longer leaf and the log could be served no further. So what is many is counted in facts, not listed.
 */
export const LONGEST_BODY_BYTES = 64_000;

/** The same as an expression of a larger statement: the event is appended where and when it is evaluated, and is its id. */
export function appending(town: Town, by: Actor, at: Date, happening: Happening): RawBuilder<string> {
  const spoken = Object.entries(happening.words ?? {}).filter(([, text]) => text !== "");
  const kept = spoken.map(([field, text]) => ({ field, text: text.toWellFormed(), salt: randomBytes(SALT_BYTES) }));
  const words = Object.fromEntries(kept.map(({ field, text, salt }) => [field, commitment(salt, text)]));
  const body = canonicalJson({ facts: happening.facts ?? {}, words });
  if (Buffer.byteLength(body) > LONGEST_BODY_BYTES) throw new Refusal("event/too-long");
  const actor = "id" in by ? by.id : null;
  const { verb, subject } = happening;
  return sql`audit.append_event(${town.id}, ${newId(at)}, ${verb}, ${by.kind}, ${actor}, ${at}, ${subject.kind}, ${subject.id}, ${body},
    ${kept.map(({ field }) => field)}, ${kept.map(({ salt }) => salt)}, ${kept.map(({ text }) => text)})`;
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
