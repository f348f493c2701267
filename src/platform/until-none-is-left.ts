/**
 * Runs what does up to `most` at a time, each time for itself, until it finds fewer or has done `enough`: whoever is writing waits for none
 * of them, and what was done before a crash stays done. Returns how many were done.
 */
export async function untilNoneIsLeft(
  most: number,
  batch: () => Promise<number | bigint>,
  enough = Number.POSITIVE_INFINITY,
): Promise<number> {
  let done = 0;
  for (;;) {
    const some = Number(await batch());
    done += some;
    if (some < most || done >= enough) return done;
  }
}
