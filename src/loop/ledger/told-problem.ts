import type { Told } from "#audit/kind";
import { theOne, type Rows, type ToldRow } from "#audit/rows";

/** Not done after all, or back again: the due day stays what the event says. */
export const BACK_AT_WORK = { status: "assigned", rectified_on: null } as const;

/** The row of the problem that the events are of, before the next one. */
export function problemRow(rows: Rows): ToldRow<"ledger.problem"> {
  return rows.last("ledger.problem") ?? {};
}

/** Tells what an event changed on that row; most events move its version, by which forms know whether they are still right. */
export function changeProblemRow(rows: Rows, { facts }: Pick<Told, "facts">, columns: ToldRow<"ledger.problem">): void {
  const { version } = facts;
  const moved = typeof version === "number" ? { version: Math.max(problemRow(rows).version ?? 0, version) } : {};
  rows.change("ledger.problem", { ...moved, ...columns }, theOne);
}

/** For the `retell` of events that change nothing else on the row. */
export function movesTheVersion(told: Pick<Told, "facts">, rows: Rows): void {
  changeProblemRow(rows, told, {});
}
