import { sql } from "kysely";
import { z } from "zod";
import { appendSealedEvent } from "#audit/append-sealed-event";
import { redactBeside, REDACTED, type WordsBeside } from "#audit/redact-beside";
import { asActor, type Officer } from "#people/officer";
import { id, line, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { findSealed, lockToReceive, type SealedReport } from "./sealed-reports.ts";

/** `said`: a field of the report, or a word about it by its id. */
export const RedactSealedReport = z.object({ report: id, said: line(40), reason: paragraph(500) });
export type RedactSealedReport = z.infer<typeof RedactSealedReport>;

/** Every column that holds what was said in a sealed report or about it. */
export const SEALED_WORDS: readonly WordsBeside[] = [
  { table: "intake.sealed_report", about: "id", columns: ["title", "details", "place"] },
  { table: "intake.sealed_word", about: "report", columns: ["text", "referred_to"] },
];

/**
 * A receiver takes words out of sight for privacy, wherever the very same stands in this report, for receivers and reporter alike. They
 * cannot be brought back. Refusals: report/unknown, text/unknown (no such words, or redacted already).
 */
export async function redactSealedReport(town: Town, by: Officer, at: Date, what: RedactSealedReport): Promise<void> {
  await transact(town, async (town) => {
    await lockToReceive(town, by, what.report);
    const report = await findSealed(town, by, what.report);
    const found = report === null ? undefined : saidIn(report).find(({ said }) => said === what.said);
    if (found === undefined) throw new Refusal("text/unknown");
    await sql`select audit.redact_sealed_text(${town.id}, ${what.report}, ${found.text})`.execute(town.db);
    await redactBeside(town, SEALED_WORDS, what.report, { text: found.text, left: REDACTED });
    await appendSealedEvent(town, asActor(by), at, {
      verb: "text.redacted",
      subject: { kind: "report", id: what.report },
      facts: { said: what.said },
      words: { reason: what.reason },
    });
  });
}

export type Said = { readonly said: string; readonly text: string };

/** What of a sealed report can be redacted. */
export function saidIn({ title, details, place, words }: SealedReport): readonly Said[] {
  const fields = Object.entries({ title, details, place }).map(([said, text]) => ({ said, text }));
  const spoken = words.map(({ id: said, text }) => ({ said, text }));
  return [...fields, ...spoken].filter(({ text }) => text !== "" && text !== REDACTED);
}
