import type { SignInFigures } from "./sign-in-figures.ts";

/**
 * What failures are counted by: a login from one address (`here`), a login from everywhere (`login`), a login on a device that
 * signed in before (`device`), an officer's codes, an officer's present password asked for by a page, an address.
 */
export type Kind = "address" | "code" | "device" | "here" | "login" | "password";

/** So many times the policy's failures lock; an address is slowed and never locked, because it stands for whoever shares it. */
export const LOCKS_AFTER: Readonly<Record<Exclude<Kind, "address">, number>> = { code: 1, device: 1, here: 1, login: 4, password: 1 };

/** Failures of one address that cost nothing, then a wait that doubles with each, and no more. */
export const ADDRESS = { free: 10, firstWaitMs: 1_000, longestWaitMs: 60_000 } as const;

/** A row of the gate: what was counted, until when it is closed, from when on it says nothing. */
export type Count = { readonly failures: number; readonly closedUntil: Date | null; readonly endsAt: Date };

/** The count after one more failure. A count ends a lock's length after its first failure, a lock after its last: tries move neither. */
export function withOneMore(count: Count, kind: Kind, figures: SignInFigures, at: Date): Count {
  const lockMs = figures.lockMinutes * 60_000;
  const isOver = count.endsAt <= at;
  const failures = isOver ? 1 : count.failures + 1;
  const endsAt = isOver ? new Date(at.getTime() + lockMs) : count.endsAt;
  if (kind === "address") {
    const closedUntil = waitUntil(failures, at);
    return { failures, closedUntil, endsAt: closedUntil !== null && closedUntil > endsAt ? closedUntil : endsAt };
  }
  if (failures < figures.failures * LOCKS_AFTER[kind]) return { failures, closedUntil: null, endsAt };
  const end = new Date(at.getTime() + lockMs);
  return { failures, closedUntil: end, endsAt: end };
}

function waitUntil(failures: number, at: Date): Date | null {
  const over = failures - ADDRESS.free;
  if (over <= 0) return null;
  return new Date(at.getTime() + Math.min(ADDRESS.longestWaitMs, ADDRESS.firstWaitMs * 2 ** (over - 1)));
}
