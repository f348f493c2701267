import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent, type Actor, type SubjectKind } from "./append-event.ts";

export type RedactText = { readonly event: string; readonly field: string; readonly reason: string };

/**
 * Empties the words behind one commitment, for privacy. The event, its commitment and its place in the log stay as they were;
 * that the words were taken out, by whom and why, is an event about the same subject.
 */
export async function redactText(town: Town, by: Actor, at: Date, what: RedactText): Promise<void> {
  await transact(town, async (town) => {
    const event = await town.db
      .selectFrom("audit.event")
      .select(["subject_kind", "subject"])
      .where("town", "=", town.id)
      .where("id", "=", what.event)
      .executeTakeFirst();
    const emptied = await town.db
      .updateTable("audit.private_text")
      .set({ text: null, redacted_at: at })
      .where("town", "=", town.id)
      .where("event", "=", what.event)
      .where("field", "=", what.field)
      .where("text", "is not", null)
      .returning("field")
      .executeTakeFirst();
    if (event === undefined || emptied === undefined) throw new Refusal("text/unknown");
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
