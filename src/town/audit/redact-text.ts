import { sql } from "kysely";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Actor } from "./append-event.ts";
import { appendEvent } from "./events.ts";
import { STANDING_TEXT } from "./queries.ts";
import { REDACTED, type Covered } from "./redact-beside.ts";

export type RedactText = {
  readonly event: string;
  readonly field: string;
  readonly reason: string;
  /** The words as they are to stand from now on, where only some are covered. */
  readonly left?: string;
  /** The unit of the officer who does it, as it is called now. */
  readonly unit?: { readonly id: string; readonly name: string };
};

/** Words that were taken out, and what they were about: whoever keeps them in rows of its own takes them out there too (redactBeside). */
export type Redacted = Covered & { readonly subjectKind: string; readonly subject: string };

/**
 * Empties the words behind one commitment, and their salt, for privacy; and wherever else the very same was said about the same. The
 * events, their commitments and their places in the log stay as they were; that words were taken out, by whom and why, and what is left
 * of them, is an event about the same subject, one for each that was emptied. Refusal: text/unknown.
 */
export async function redactText(town: Town, by: Actor, at: Date, what: RedactText): Promise<Redacted> {
  return transact(town, async (town) => {
    const { reason, left = "", unit } = what;
    const said = await saidAlike(town, what);
    const [first] = said;
    if (first === undefined) throw new Refusal("text/unknown");
    const subject = { kind: first.subjectKind, id: first.subject };
    const ofUnit = unit === undefined ? {} : { unit: unit.id };
    for (const { event, field } of said) {
      await sql`select audit.redact_text(${town.id}, ${event}, ${field}, ${at})`.execute(town.db);
      const words = { reason, left: field === LEFT ? "" : left, unitName: unit?.name ?? "" };
      await appendEvent(town, by, at, { verb: "text.redacted", subject, facts: { event, field, ...ofUnit }, words });
    }
    const { subjectKind, text } = first;
    return { subjectKind, subject: first.subject, text, left: left === "" ? REDACTED : left };
  });
}

/** The word of `text.redacted` that holds what was left. */
export const LEFT = "left";

type Said = {
  readonly subjectKind: string;
  readonly subject: string;
  readonly text: string;
  readonly event: string;
  readonly field: string;
};

/**
 * The words named first, then the same words in other events about the same, and what earlier coverings left that says the same; none when
 * they were redacted before.
 */
async function saidAlike(town: Town, { event, field }: RedactText): Promise<readonly Said[]> {
  const { rows } = await sql<Said>`
    with named as (
      select e.town, e.subject, e.subject_kind, ${STANDING_TEXT} as text
      from audit.event e join audit.private_text w on w.town = e.town and w.event = e.id and w.field = ${field}
      where e.town = ${town.id} and e.id = ${event} and e.verb <> 'text.redacted'
    )
    select w.event, w.field, n.text, n.subject_kind as "subjectKind", n.subject
    from named n
    join audit.event e on e.town = n.town and e.subject = n.subject and e.subject_kind = n.subject_kind
    join audit.private_text w on w.town = e.town and w.event = e.id
    where e.town = ${town.id} and n.text is not null
      and (e.verb <> 'text.redacted' and ${STANDING_TEXT} = n.text or e.verb = 'text.redacted' and w.field = ${LEFT} and w.text = n.text)
    order by (w.event, w.field) <> (${event}::uuid, ${field}), w.event, w.field`.execute(town.db);
  return rows;
}
