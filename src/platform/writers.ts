import { lineOf, type Line } from "./line.ts";
import { refuseSecond } from "./one-connection.ts";
import type { Db } from "./town.ts";

/** A burst is slow and whole: 500 reports at once were all received within a quarter of this on two cores. */
const LONGEST_WAIT_MS = 60_000;

const lines = new WeakMap<Db, Line>();

/**
 * Transactions that write stand in a line of their own, as long as half the pool: however many residents press send in one second,
 * the other connections are there for those who read.
 */
export function limitWriters(db: Db, poolSize: number): void {
  const line = lineOf(Math.ceil(poolSize / 2), LONGEST_WAIT_MS);
  lines.set(db, (work) => {
    refuseSecond();
    return line(work);
  });
}

/** The line of a database; of one connection that several transactions follow each other on, no line is needed. */
export function writersOf(db: Db): Line {
  return lines.get(db) ?? ((work) => work());
}
