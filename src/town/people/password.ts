import { randomInt } from "node:crypto";
import type { RefusalCode } from "#refusals";
import { inTurn } from "./hash-turns.ts";
import { isOfHash, makeHash } from "./password-hash.ts";

/** As many earlier passwords are remembered, the present one included (shared/standards.md §7.2). */
export const REMEMBERED_PASSWORDS = 5;
const LONGEST_PASSWORD = 128;
const KINDS_NEEDED = 3;

/** At least so long, of three of the four kinds (small, capital, digit, other), and without the login in it. */
export function whyNotPassword(password: string, login: string, length: number): RefusalCode | null {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
  const long = Array.from(password).length;
  if (long < length || long > LONGEST_PASSWORD || kinds < KINDS_NEEDED) return "password/weak";
  return password.toLowerCase().includes(login.toLowerCase()) ? "password/weak" : null;
}

// Without the letters and digits that are mistaken for one another when read out.
const ALPHABETS = ["abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"] as const;

/** A password to be read out once and changed at the next sign-in: groups of four, small, capital and digit in each. */
export function temporaryPassword(length: number): string {
  return groupsOf(Math.max(3, Math.ceil((length + 1) / 5)));
}

/** Half of one, which two hand out: half as many groups, two at least (some 35 bits, which nobody guesses through the gate). */
export function temporaryHalf(length: number): string {
  return groupsOf(Math.max(2, Math.ceil((length + 1) / 10)));
}

function groupsOf(count: number): string {
  const group = () => Array.from({ length: 4 }, (_, i) => pick(ALPHABETS[i] ?? ALPHABETS.join(""))).join("");
  return Array.from({ length: count }, group).join("-");
}

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}

/**
 * The hash to be kept of a password: a core for about 80 ms, outside the event loop and in turn (`sign-in/busy` when too many wait). Never
 * inside a transaction: a row locked meanwhile would hold up everybody else.
 */
export async function hashPassword(password: string, who: string): Promise<string> {
  return inTurn(who, () => makeHash(password));
}

export type Temporary = { readonly password: string; readonly hash: string };

/** A temporary password to be shown once, with the hash to be kept of it: made before the transaction that keeps it. */
export async function makeTemporary(length: number, who: string): Promise<Temporary> {
  const password = temporaryPassword(length);
  return { password, hash: await hashPassword(password, who) };
}

/** Whether it is the password of the hash; of none it is never, and costs the same: the time taken tells nobody which logins exist. */
export async function isPassword(hash: string | null, password: string, who: string): Promise<boolean> {
  if (hash === null) return hashPassword(password, who).then(() => false);
  return inTurn(who, () => isOfHash(hash, password));
}
