import { sql } from "kysely";
import { z } from "zod";
import { isCommitment } from "#audit/append-event";
import { findPublicFile } from "#evidence/public-file";
import { dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { readEntry } from "#log/leaf";
import { inclusionProofsOf } from "#log/queries";
import { isHashOfFile, openFields } from "./told.ts";

/** What lies open beside a leaf: the words and their salt, or since when and why they are gone. Words that are not public are left out. */
export type Opening = {
  readonly [field: string]:
    | { readonly text: string; readonly salt: string }
    | { readonly redacted: { readonly on: Day; readonly because: string | null } };
};

export type OpenedLeaf = { readonly leaf: number; readonly entry: string; readonly opening: Opening };

/** One leaf with its opening; null when there is no such leaf. */
export async function findLeaf(town: Town, number: number): Promise<OpenedLeaf | null> {
  const { rows } = await sql<Row>`
    select l.number as leaf, l.event, l.entry from log.leaf l where l.town = ${town.id} and l.number = ${number}`.execute(town.db);
  const [leaf] = await opened(town, rows);
  return leaf ?? null;
}

const Committed = z.object({ words: z.record(z.string(), z.string()).default({}) });

/** The fields whose open words are not those that the leaf commits to. */
export function unmatchedIn({ entry, opening }: OpenedLeaf): readonly string[] {
  const { words } = Committed.parse(JSON.parse(entry));
  return Object.entries(opening).flatMap(([field, word]) =>
    "text" in word && !isCommitment(words[field], Buffer.from(word.salt, "base64"), word.text) ? [field] : [],
  );
}

/** With the hashes that lead from it to the root. */
export type ProvenLeaf = OpenedLeaf & { readonly proof: readonly Uint8Array[] };

/** `next` is the last of them when more follow it: whoever asks for what is behind it goes on from there. */
export type ProvenPage = { readonly leaves: readonly ProvenLeaf[]; readonly next: number | null };

/** Of one answer: at most so many leaves, and one more leaf's bytes than these. A town's neighbours can make thousands in a week. */
const MOST_LEAVES = 100;
const MOST_BYTES = 256 * 1024;

/**
 * The leaves of a problem among the first `size`, proven under that root, in the order of what happened; those behind the leaf
 * `after`, when one is named. As many reads for a full page as for one leaf.
 */
export async function readProvenPage(town: Town, number: string, size: number, after: number | null): Promise<ProvenPage> {
  const rows = await leavesOfProblem(town, number, size, after);
  const leaves = await opened(town, rows);
  const proofs = await inclusionProofsOf(
    town,
    rows.map(({ leaf }) => leaf),
    size,
  );
  const last = rows.at(-1);
  return { leaves: leaves.map((leaf, i) => ({ ...leaf, proof: proofs[i] ?? [] })), next: last?.goesOn === true ? last.leaf : null };
}

type Row = { readonly leaf: number; readonly event: string; readonly entry: string };

/** By the index of a subject's events, from the one that has the place `after`; what is not shown is not read, but for one. */
async function leavesOfProblem(
  town: Town,
  number: string,
  size: number,
  after: number | null,
): Promise<readonly (Row & { readonly goesOn: boolean })[]> {
  const behind = after === null ? sql`` : sql`and e.id > (select event from log.leaf where town = ${town.id} and number = ${after})`;
  const { rows } = await sql<Row & { readonly goesOn: boolean }>`
    select leaf, event, entry, "goesOn" from (
      select l.number as leaf, l.event, l.entry, lead(l.number) over happened is not null as "goesOn",
        sum(octet_length(l.entry)) over happened - octet_length(l.entry) as "bytesBefore"
      from audit.event e join log.leaf l on l.town = e.town and l.event = e.id and l.number < ${size}
      where e.town = ${town.id} and e.subject = (select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${number})
        ${behind}
      window happened as (order by e.id) order by e.id limit ${MOST_LEAVES}
    ) page where "bytesBefore" < ${MOST_BYTES} order by event`.execute(town.db);
  return rows;
}

async function opened(town: Town, rows: readonly Row[]): Promise<readonly OpenedLeaf[]> {
  if (rows.length === 0) return [];
  const events = rows.map(({ event }) => event);
  const words = Map.groupBy(await wordsOf(town, events), ({ event }) => event);
  const leaves: OpenedLeaf[] = [];
  for (const { leaf, event, entry } of rows) {
    const verb = readEntry(entry)?.verb ?? "";
    const told: Word[] = [];
    for (const word of words.get(event) ?? []) {
      if (openFields(verb).includes(word.field) || (await isSeen(town, verb, word))) told.push(word);
    }
    leaves.push({ leaf, entry, opening: Object.fromEntries(told.map((word) => [word.field, openingOf(word)])) });
  }
  return leaves;
}

/** Whether the word is the hash of a file that the public sees by now. */
async function isSeen(town: Town, verb: string, { field, text }: Word): Promise<boolean> {
  return text !== null && isHashOfFile(verb, field) && (await findPublicFile(town, text)) !== null;
}

type Word = {
  readonly event: string;
  readonly field: string;
  readonly text: string | null;
  readonly salt: Buffer | null;
  readonly redactedAt: Date | null;
  readonly because: string | null;
};

/** Why words are gone says the event that took them out, about the same subject. */
async function wordsOf(town: Town, events: readonly string[]): Promise<readonly Word[]> {
  const { rows } = await sql<Word>`
    select w.event, w.field, w.text, w.salt, w.redacted_at as "redactedAt",
      case when w.text is null then (
        select r.text from audit.event e join audit.event x on x.town = e.town and x.subject = e.subject and x.verb = 'text.redacted'
          and x.body::jsonb -> 'facts' ->> 'event' = w.event::text and x.body::jsonb -> 'facts' ->> 'field' = w.field
        join audit.private_text r on r.town = x.town and r.event = x.id and r.field = 'reason'
        where e.town = w.town and e.id = w.event limit 1) end as because
    from audit.private_text w where w.town = ${town.id} and w.event = any (${[...events]}::uuid[]) order by w.event, w.field`.execute(
    town.db,
  );
  return rows;
}

function openingOf({ text, salt, redactedAt, because }: Word): Opening[string] {
  if (text === null || salt === null) return { redacted: { on: redactedAt === null ? "" : dayOf(redactedAt), because } };
  return { text, salt: salt.toString("base64") };
}
