import { randomInt } from "node:crypto";
import { hmac } from "#platform/hmac";
import type { Town } from "#platform/town";

/** So many are made at once. */
export const RECOVERY_CODES = 10;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32: no I, L, O, U
const LENGTH = 10;

/** Ten characters that cannot be mistaken for each other, and never for the six digits of an app: 50 bits. */
export function makeRecoveryCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
}

/** A code as it was typed, without spaces and dashes; null when it cannot be one. */
export function readRecoveryCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
}

/** Two halves of five. */
export function showRecoveryCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

export type CodesLeft = { readonly left: number; readonly madeAt: Date | null };

/** How many an account has left, and since when; none: 0 and null. */
export async function codesLeft(town: Town, account: string): Promise<CodesLeft> {
  return town.db
    .selectFrom("people.recovery_code")
    .select((eb) => [eb.fn.countAll<number>().as("left"), eb.fn.max("made_at").as("madeAt")])
    .where("town", "=", town.id)
    .where("account", "=", account)
    .executeTakeFirstOrThrow();
}

/** Puts `codes` in the place of the account's present ones. Under the lock of its second step (totp.ts), as whatever writes them. */
export async function replaceRecoveryCodes(town: Town, account: string, at: Date, codes: readonly string[]): Promise<void> {
  await endRecoveryCodes(town, account);
  await town.db
    .insertInto("people.recovery_code")
    .values(codes.map((code) => ({ town: town.id, account, hash: hashOfCode(town, account, code), made_at: at })))
    .execute();
}

/** Whether the account has this code still. */
export async function hasRecoveryCode(town: Town, account: string, code: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("people.recovery_code")
    .select("made_at")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .where("hash", "=", hashOfCode(town, account, code))
    .executeTakeFirst();
  return row !== undefined;
}

export async function endRecoveryCode(town: Town, account: string, code: string): Promise<void> {
  await town.db
    .deleteFrom("people.recovery_code")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .where("hash", "=", hashOfCode(town, account, code))
    .execute();
}

export async function endRecoveryCodes(town: Town, account: string): Promise<void> {
  await town.db.deleteFrom("people.recovery_code").where("town", "=", town.id).where("account", "=", account).execute();
}

/** Keyed: who has the database alone finds no code by trying. */
function hashOfCode(town: Town, account: string, code: string): Buffer {
  return hmac(town.keys.for("sign-in"), `${town.id}/${account}/recovery-code/${code}`);
}
