import { sql } from "kysely";
import { z } from "zod";
import { addDays, dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { isCommitment } from "./append-event.ts";

const PAGE = 1000;
const Committed = z.object({ words: z.record(z.string(), z.string()) });

type Word = { readonly field: string; readonly text: string | null; readonly salt: string | null };
type Row = {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  readonly words: readonly Word[];
  /** Whether a later event about the same says that words of it were taken out. */
  readonly redacted: boolean;
};

/** The days after those of sealed events whose words, or salts, were changed or taken away though nothing says that they were redacted. */
export async function daysOfChangedWords(town: Town): Promise<readonly Day[]> {
  const wrong = new Set<Day>();
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await eventsAfter(town, after);
    for (const row of rows) if (!agrees(row)) wrong.add(addDays(dayOf(row.at), 1));
    if (rows.length < PAGE) return [...wrong];
    after = rows.at(-1)?.id ?? after;
  }
}

async function eventsAfter(town: Town, after: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select e.id, e.at, e.body, e.words,
      exists (select from audit.sealed_event r
        where r.town = e.town and r.subject = e.subject and r.verb = 'text.redacted' and r.id > e.id) as redacted
    from audit.sealed_event e where e.town = ${town.id} and e.id > ${after} order by e.id limit ${PAGE}`.execute(town.db);
  return rows;
}

function agrees({ body, words, redacted }: Row): boolean {
  const committed = Object.entries(Committed.parse(JSON.parse(body)).words);
  return committed.length === words.length && committed.every(([field, commitment]) => isWord(words, field, commitment, redacted));
}

function isWord(words: readonly Word[], field: string, commitment: string, redacted: boolean): boolean {
  const word = words.find((one) => one.field === field);
  if (word === undefined) return false;
  if (word.text === null || word.salt === null) return redacted;
  return isCommitment(commitment, Buffer.from(word.salt.replace(/^\\x/, ""), "hex"), word.text);
}
