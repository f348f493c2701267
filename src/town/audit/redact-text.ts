import { sql } from "kysely";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Actor } from "./append-event.ts";
import { appendEvent } from "./events.ts";

export type RedactText = { readonly event: string; readonly field: string; readonly reason: string };

/** Words that were taken out, and what they were about: whoever keeps them in rows of its own takes them out there too (redactBeside). */
export type Redacted = { readonly subjectKind: string; readonly subject: string; readonly text: string };

/**
 * Empties the words behind one commitment, and their salt, for privacy; and wherever else the very same was said about the same. The
 * events, their commitments and their places in the log stay as they were; that the words were taken out, by whom and why, is an event
 * about the same subject, one for each that was emptied. Refusal: text/unknown.
 */
export async function redactText(town: Town, by: Actor, at: Date, what: RedactText): Promise<Redacted> {
  return transact(town, async (town) => {
    const said = await saidAlike(town, what);
    const [first] = said;
    if (first === undefined) throw new Refusal("text/unknown");
    const subject = { kind: first.subjectKind, id: first.subject };
    for (const { event, field } of said) {
      await sql`select audit.redact_text(${town.id}, ${event}, ${field}, ${at})`.execute(town.db);
      await appendEvent(town, by, at, { verb: "text.redacted", subject, facts: { event, field }, words: { reason: what.reason } });
    }
    return first;
  });
}

type Said = Redacted & { readonly event: string; readonly field: string };

/** The words named first, then the same words in other events about the same; none when they were redacted before. */
async function saidAlike(town: Town, { event, field }: RedactText): Promise<readonly Said[]> {
  const { rows } = await sql<Said>`
    select w.event, w.field, w.text, e.subject_kind as "subjectKind", e.subject
    from audit.event named
    join audit.private_text said on said.town = named.town and said.event = named.id and said.field = ${field}
    join audit.event e on e.town = named.town and e.subject = named.subject and e.subject_kind = named.subject_kind
    join audit.private_text w on w.town = e.town and w.event = e.id and w.text = said.text
    where named.town = ${town.id} and named.id = ${event} and e.verb <> 'text.redacted'
    order by (w.event, w.field) <> (named.id, ${field}), w.event, w.field`.execute(town.db);
  return rows;
}
