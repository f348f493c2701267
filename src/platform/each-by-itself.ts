/**
 * Does the same for each, one after another; one that fails is set aside and keeps nobody behind it waiting. Returns how many were
 * done; afterwards throws what failed, all of it, for the log.
 */
export async function eachByItself<T>(
  all: Iterable<T> | AsyncIterable<T>,
  what: string,
  work: (one: T) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  const failed: unknown[] = [];
  for await (const one of all) {
    try {
      if (await work(one)) done += 1;
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `couldn't ${what}: ${failed.length} of ${failed.length + done} set aside`);
  return done;
}

/**
 * Everything that is found up to `most` at a time, until none is left. `next` reads those behind the last one before (null at first):
 * one that failed lies there still, and is not met again in the same walk.
 */
export async function* batchAfterBatch<T>(most: number, next: (after: T | null) => Promise<readonly T[]>): AsyncGenerator<T> {
  for (let after: T | null = null; ;) {
    const batch: readonly T[] = await next(after);
    yield* batch;
    if (batch.length < most) return;
    after = batch.at(-1) ?? null;
  }
}
