/**
 * Does the same for each, one after another; one that fails is set aside and keeps nobody behind it waiting. Returns how many were
 * done; afterwards throws what failed, all of it, for the log.
 */
export async function eachByItself<T>(all: Iterable<T>, what: string, work: (one: T) => Promise<boolean>): Promise<number> {
  let done = 0;
  const failed: unknown[] = [];
  for (const one of all) {
    try {
      if (await work(one)) done += 1;
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `couldn't ${what}: ${failed.length} of ${failed.length + done} set aside`);
  return done;
}
