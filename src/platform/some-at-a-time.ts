import { transact, type Town } from "./town.ts";

/** How many are done in one transaction, and in one run. */
export type Batch = { readonly atOnce: number; readonly most: number };

/** Work by the clock, some at a time in a transaction of their own, until none is left or the run has done enough. Returns how many. */
export async function someAtATime(town: Town, { atOnce, most }: Batch, work: (town: Town) => Promise<number>): Promise<number> {
  let done = 0;
  for (;;) {
    const some = await transact(town, work);
    done += some;
    if (some < atOnce || done >= most) return done;
  }
}
