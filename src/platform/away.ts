import { DatabaseError } from "pg";

/**
 * The database cannot be asked now: it is gone, coming back, or too many wait before us. Nothing was done, or, when the connection
 * went while a transaction was being committed, it is not known whether it was; a form's key then leads to what was done.
 */
export class DatabaseAway extends Error {}

/** In one line, for the log: while it lasts, every request would tell the same stack. */
export function why({ message, cause }: DatabaseAway): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

// PostgreSQL's appendix A: a connection's trouble, and a server that is going down or coming up.
const GOING = /^(?:08...|57P0[1-5]|53300)$/;
// What `pg` says when the connection ends under it; it gives these no code.
const ENDED = /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired)/;
const SOCKET: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNREFUSED"]);

/** What a query failed of, told apart: a lost connection becomes `DatabaseAway`, all else stays what it is. */
export function unlessAway(error: unknown): unknown {
  return isLost(error) ? new DatabaseAway("couldn't ask the database: the connection was lost", { cause: error }) : error;
}

function isLost(error: unknown): boolean {
  if (error instanceof DatabaseError) return GOING.test(error.code ?? "");
  if (!(error instanceof Error)) return false;
  return ENDED.test(error.message) || ("code" in error && SOCKET.has(error.code));
}
