import { redactBeside, type Covered, type WordsBeside } from "#audit/redact-beside";
import { redactProblem as redactInLedger } from "#ledger/redact-problem";
import type { Town } from "#platform/town";

/** Every column of this room that holds what was said about a problem. */
export const VERIFICATION_WORDS: readonly WordsBeside[] = [
  { table: "verification.check", about: "problem", columns: ["finding", "unseen"] },
  { table: "verification.answer", about: "problem", columns: ["why"] },
  { table: "verification.overruling", about: "problem", columns: ["reason"] },
  { table: "verification.objection", about: "problem", columns: ["reason", "decision_reason"] },
  { table: "verification.flag", about: "problem", columns: ["decision_reason"] },
  { table: "verification.closing", about: "problem", columns: ["statement"] },
  { table: "verification.look_back", about: "problem", columns: ["finding"] },
];

/** Takes a text out of whatever the ledger and this room keep about a problem. */
export async function redactProblem(town: Town, problem: string, covered: Covered): Promise<void> {
  await redactInLedger(town, problem, covered);
  await redactBeside(town, VERIFICATION_WORDS, problem, covered);
}
