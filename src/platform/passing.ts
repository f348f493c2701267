import { DatabaseError } from "pg";
import { DatabaseAway } from "./away.ts";
import { isDiskFull } from "./room.ts";

/** A trouble of the moment, whatever was being done: the same done later goes well. */
export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseAway || isDiskFull(error) || (error instanceof DatabaseError && IN_EACH_OTHERS_WAY.has(error.code));
}

const IN_EACH_OTHERS_WAY: ReadonlySet<unknown> = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "55P03", // lock_not_available
]);
