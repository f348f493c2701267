import { z } from "zod";
import { wholeNumber } from "#platform/numbers";
import type { RefusalCode } from "#refusals";

/** Every measure done by now, by its position: the boxes ticked. */
export const tickedMeasures = z
  .array(wholeNumber(0, 1000, "choice/unknown"), "choice/unknown")
  .default([])
  .transform((ticked) => [...new Set(ticked)].toSorted((a, b) => a - b));

export function whyNotTicked(measures: readonly string[], ticked: readonly number[]): RefusalCode | null {
  return ticked.every((position) => position < measures.length) ? null : "measures/unknown";
}

/** Whoever declares the work done ticks every measure, or says why one was left (rules-of-the-ledger §3). */
export function whyNotAccountedFor(measures: readonly string[], ticked: readonly number[], undone: string): RefusalCode | null {
  return whyNotTicked(measures, ticked) ?? (ticked.length === measures.length || undone !== "" ? null : "measures/unexplained");
}

/** Whoever passes it has seen every measure carried out, or says why one was not to be seen. */
export function whyNotAllSeen(measures: readonly string[], seen: readonly number[], unseen: string): RefusalCode | null {
  return seen.length === measures.length || unseen !== "" ? null : "measures/unseen";
}
