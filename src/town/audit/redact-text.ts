import { sql } from "kysely";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { Actor } from "./append-event.ts";
import { appendEvent } from "./events.ts";

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
      subject: { kind: event.subject_kind, id: event.subject },
      facts: { event: what.event, field: what.field },
      words: { reason: what.reason },
    });
  });
}
