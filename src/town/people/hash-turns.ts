import { availableParallelism } from "node:os";
import { locksHeld } from "#platform/one-connection";
import { Refusal } from "#refusals";

/** A hash takes a core for its time: of two cores one always stays with the pages. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/** How many may wait: at about 80 ms a hash nobody waits longer than some ten seconds. More are told to come back. */
export const MOST_WAITING = 120;
/** Of them from one place (an address, an officer): one sender's flood leaves turns to everybody else. */
export const MOST_WAITING_OF_ONE = 30;

/**
 * Turns at something that costs a core, never inside a transaction: whoever waits for its locks would wait for the turn too. `who` shares
 * the bound of one place.
 */
export function turnsAt(atOnce: number) {
  const waiting: { readonly who: string; readonly go: () => void }[] = [];
  let running = 0;

  async function take(who: string): Promise<void> {
    if (running < atOnce) {
      running += 1;
      return;
    }
    const ofOne = waiting.filter((one) => one.who === who).length;
    if (waiting.length >= MOST_WAITING || ofOne >= MOST_WAITING_OF_ONE) throw new Refusal("sign-in/busy");
    await new Promise<void>((go) => void waiting.push({ who, go }));
  }

  return async function inTurn<T>(who: string, work: () => Promise<T>): Promise<T> {
    if (locksHeld() !== null) throw new Error("couldn't take a turn inside a transaction: hash before it");
    await take(who);
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next.go();
    }
  };
}

export const inTurn = turnsAt(AT_ONCE);
