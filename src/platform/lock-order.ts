import { locksHeld } from "./one-connection.ts";

/**
 * The one order in which a transaction takes the locks that others wait for; two that keep to it never wait for each other in a circle.
 *
 * | lock | what it is | who takes it |
 * | --- | --- | --- |
 * | (form) | the row of a form's key, waited for by the same form sent twice | `once`, around everything else |
 * | town | the row of people.town | changes of people, duties, units, settings; the calendar; whatever moves the directory, at its end |
 * | draft | rows of intake.draft, by id | going on writing, sending, throwing away |
 * | sending | the marks of a report just sent, intake.sending | receiving, folding, withdrawing |
 * | report | rows of intake.report, by id | whatever a clerk or its reporter does to it |
 * | problem | rows of ledger.problem, by id | every act on a problem |
 * | number | the year's row of ledger.number_given | opening a problem, which nobody else knows yet |
 * | holding | rows of vault.holding | correcting, erasing, looking at an identity |
 * | password | rows of people.credential | choosing a password, resetting one |
 * | second step | rows of people.totp, and with it the recovery codes of the account | setting it up, entering a code, taking it away |
 * | gate | rows of people.sign_in_gate, by kind and key | counting a try, forgiving failures |
 * | uploads | an advisory lock of all files of a town that wait | adding one |
 * | file | an advisory lock of a file, its row of evidence.file, its uploads and uses | adding, using, covering, withdrawing one |
 *
 * Whoever is about to use a file shares its row (`useFiles`): that waits for a forgetting alone, which takes nothing after it.
 * Locks of rows that others point at (town, report, problem) are NO KEY UPDATE: a report of the town, a "me too", waits for nobody.
 * Sweeps take what is free (`skip locked`) and wait for nobody either.
 */
const LOCK_ORDER = [
  "town",
  "draft",
  "sending",
  "report",
  "problem",
  "number",
  "holding",
  "password",
  "second step",
  "gate",
  "uploads",
  "file",
] as const;
export type Lock = (typeof LOCK_ORDER)[number];

/** Called where a lock is taken: fails, in tests as in the running town, when the transaction holds one that comes later. */
export function takeInOrder(lock: Lock): void {
  const held = locksHeld();
  if (held === null || held.has(lock)) return;
  const later = LOCK_ORDER.slice(LOCK_ORDER.indexOf(lock) + 1).find((other) => held.has(other));
  if (later !== undefined) throw new Error(`couldn't lock a ${lock} while holding a ${later}: see platform/lock-order.ts`);
  held.add(lock);
}
