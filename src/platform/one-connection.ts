import { AsyncLocalStorage } from "node:async_hooks";
import type { PostgresPool } from "kysely";

type Holding = { isOver: boolean; readonly locks: Set<string> | null };
const holding = new AsyncLocalStorage<Holding>();

/**
 * Does `work`, which holds a connection; whatever asks for another one meanwhile fails at once, in tests as in the running town.
 * Sixteen transactions that each wait for a seventeenth connection would stop everybody: that a page asked so was seen under sixty
 * senders, by nobody before. What outlives `work` (a clock it started) holds nothing any more.
 */
export async function holdingOne<T>(work: () => Promise<T>): Promise<T> {
  const held: Holding = { isOver: false, locks: new Set() };
  try {
    return await holding.run(held, work);
  } finally {
    held.isOver = true;
  }
}

/** The locks that the transaction under way has taken (lock-order.ts); null outside of one, and where their order is nobody's matter. */
export function locksHeld(): Set<string> | null {
  const held = holding.getStore();
  return held === undefined || held.isOver ? null : held.locks;
}

/** For whoever does many people's acts in one transaction while nobody else is there, as the demo: locks may come in any order. */
export async function withNobodyElse<T>(work: () => Promise<T>): Promise<T> {
  return holding.run({ isOver: false, locks: null }, work);
}

/** To be called before anything waits for a connection. */
export function refuseSecond(): void {
  if (holding.getStore()?.isOver === false)
    throw new Error("couldn't take a second connection inside a transaction: read through the transaction's own town, or before it");
}

/** The pool, which gives nobody a second connection. */
export function oneConnectionEach(pool: PostgresPool): PostgresPool {
  return {
    async connect() {
      refuseSecond();
      return pool.connect();
    },
    end: () => pool.end(),
  };
}
