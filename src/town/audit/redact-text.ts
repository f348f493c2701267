import { sql } from "kysely";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent, type Actor, type SubjectKind } from "./append-event.ts";

export type RedactText = { readonly event: string; readonly field: string; readonly reason: string };

/**
 * Empties the words behind one commitment, and their salt, for privacy. The event, its commitment and its place in the log stay as they
 * were; that the words were taken out, by whom and why, is an event about the same subject.
 */
export async function redactText(town: Town, by: Actor, at: Date, what: RedactText): Promise<void> {
  await transact(town, async (town) => {
    const event = await town.db
      .selectFrom("audit.event")
      .select(["subject_kind", "subject"])
      .where("town", "=", town.id)
      .where("id", "=", what.event)
      .executeTakeFirst();
    const { rows } = await sql<{ emptied: boolean }>`
      select audit.redact_text(${town.id}, ${what.event}, ${what.field}, ${at}) as emptied`.execute(town.db);
    if (event === undefined || rows[0]?.emptied !== true) throw new Refusal("text/unknown");
    await appendEvent(town, by, at, {
      verb: "text.redacted",
      subject: { kind: subjectKind(event.subject_kind), id: event.subject },
      facts: { event: what.event, field: what.field },
      words: { reason: what.reason },
    });
  });
}

const KINDS: readonly SubjectKind[] = [
  "problem",
  "report",
  "officer",
  "unit",
  "village",
  "category",
  "campaign",
  "theme",
  "policy",
  "calendar",
  "town",
  "file",
];

function subjectKind(kept: string): SubjectKind {
  const kind = KINDS.find((known) => known === kept);
  if (kind === undefined) throw new Error(`couldn't read an event's subject: ${kept}`);
  return kind;
}
