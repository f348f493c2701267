import { redactBeside, type Covered, type WordsBeside } from "#audit/redact-beside";
import type { Town } from "#platform/town";
import { remakeSearchOf } from "./remake-search.ts";
import { lockReport } from "./settle.ts";

/** Every column of this room that holds what was said in a report or about it. */
export const REPORT_WORDS: readonly WordsBeside[] = [
  { table: "intake.report", about: "id", columns: ["title", "details", "place"] },
  { table: "intake.word", about: "report", columns: ["text", "referred_to"] },
];

/** Takes a text out of whatever this room keeps of a report, and out of what it is found by; that it was is the caller's event. */
export async function redactReport(town: Town, report: string, covered: Covered): Promise<void> {
  await lockReport(town, report);
  await redactBeside(town, REPORT_WORDS, report, covered);
  await remakeSearchOf(town, report);
}
