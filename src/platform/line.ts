import { DatabaseAway } from "./away.ts";

/** Where work waits for its turn: as many at once as there are places, first come, first served. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>;

/** Who waited `longestWaitMs` is told to come back later, and its work is not done. */
export function lineOf(places: number, longestWaitMs: number): Line {
  let free = places;
  const waiting: (() => void)[] = [];
  const turn = async () => {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => {
      waiting.splice(waiting.indexOf(resolve), 1);
      reject(new DatabaseAway(`couldn't get a turn within ${longestWaitMs} ms: ${waiting.length} others wait`));
    }, longestWaitMs);
    waiting.push(resolve);
    await promise.finally(() => clearTimeout(late));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next(); // the place goes from hand to hand
  };
  return async (work) => {
    await turn();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
