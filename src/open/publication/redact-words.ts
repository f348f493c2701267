import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { redactText, type RedactText } from "#audit/redact-text";
import { redactReport } from "#intake/redact-report";
import { id, line, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { redactProblem } from "#verification/redact-problem";

export const RedactWords = z.object({ event: id, field: line(40), reason: paragraph(500) });
export type RedactWords = z.infer<typeof RedactWords>;

/**
 * Takes words out of sight for privacy, everywhere at once: the event's own copy, and by the rooms that keep them the rows that pages,
 * lists, feeds, programs and exports are made of, and what searches find. They cannot be brought back; what is `left` of them stands in
 * their place. The reason is public.
 * Refusal: text/unknown (no such words, redacted already, or about neither a problem nor a report).
 */
export async function redactWords(town: Town, by: Actor, at: Date, what: RedactText): Promise<void> {
  await transact(town, async (town) => {
    const { subjectKind, subject, ...covered } = await redactText(town, by, at, what);
    if (subjectKind === "problem") await redactProblem(town, subject, covered);
    else if (subjectKind === "report") await redactReport(town, subject, covered);
    else throw new Refusal("text/unknown");
  });
}
