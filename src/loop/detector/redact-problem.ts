import { sql } from "kysely";
import { REDACTED } from "#audit/redact-beside";
import type { Town } from "#platform/town";
import { redactProblem as redactBelow } from "#verification/redact-problem";

/** Takes a text out of whatever the loop keeps about a problem: the ledger, its verification, and why its flags were cleared. */
export async function redactProblem(town: Town, problem: string, text: string): Promise<void> {
  await redactBelow(town, problem, text);
  await sql`update detector.clearing c set reason = ${REDACTED} from detector.flag f
    where c.town = ${town.id} and f.town = c.town and f.id = c.flag and f.problem = ${problem} and c.reason = ${text}`.execute(town.db);
}
