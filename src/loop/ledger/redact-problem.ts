import { sql } from "kysely";
import { REDACTED, redactBeside, type Covered, type WordsBeside } from "#audit/redact-beside";
import { redactCaptions } from "#evidence/redact-captions";
import type { Town } from "#platform/town";
import { remakeSearchOf } from "./remake-search.ts";
import { lockProblem } from "./standing.ts";

/** Every column of this room that holds what was said about a problem; measures are lists, and stand below. */
export const PROBLEM_WORDS: readonly WordsBeside[] = [
  { table: "ledger.problem", about: "id", columns: ["title", "details", "place", "goal"] },
  { table: "ledger.assignment", about: "problem", columns: ["goal", "reason"] },
  { table: "ledger.progress", about: "problem", columns: ["note"] },
  { table: "ledger.rectification", about: "problem", columns: ["done", "undone"] },
  { table: "ledger.extension", about: "problem", columns: ["reason", "decision_reason"] },
  { table: "ledger.suspension", about: "problem", columns: ["reason", "decision_reason"] },
  { table: "ledger.dismissal", about: "problem", columns: ["reason", "decision_reason"] },
  { table: "ledger.reminder", about: "problem", columns: ["note"] },
];

/** Takes a text out of whatever this room keeps about a problem, and out of what it is found by; that it was is the caller's event. */
export async function redactProblem(town: Town, problem: string, covered: Covered): Promise<void> {
  await lockProblem(town, problem, null);
  await redactBeside(town, PROBLEM_WORDS, problem, covered);
  await redactCaptions(town, problem, covered);
  await redactMeasures(town, problem, covered);
  await remakeSearchOf(town, problem);
}

/** The steps were said as one text, a line each; as many stand there afterwards, so that those that are ticked stay so. */
async function redactMeasures(town: Town, problem: string, { text, left }: Covered): Promise<void> {
  const blacked = left === REDACTED ? sql`array_fill(${REDACTED}::text, array[cardinality(measures)])` : sql`${left.split("\n")}::text[]`;
  await sql`update ledger.problem set measures = ${blacked}
    where town = ${town.id} and id = ${problem} and array_to_string(measures, E'\n') = ${text}`.execute(town.db);
  await sql`update ledger.assignment set measures = ${blacked}
    where town = ${town.id} and problem = ${problem} and array_to_string(measures, E'\n') = ${text}`.execute(town.db);
}
