/**
 * Runs a statement that takes up to `most` rows, each time for itself, until it finds fewer: whoever is writing waits for none of them,
 * and what was done before a crash stays done.
 */
export async function untilNoneIsLeft(most: number, batch: () => Promise<bigint>): Promise<void> {
  for (;;) if ((await batch()) < BigInt(most)) return;
}
