import { seal, unseal } from "#platform/seal";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { endRecoveryCodes } from "./recovery-code.ts";

/** Whether sign-in asks for a code. */
export async function hasTotp(town: Town, account: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("people.totp")
    .select("set_at")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .executeTakeFirst();
  return row !== undefined && row.set_at !== null;
}

export type SharedSecret = { readonly secret: Buffer; readonly lastStep: number; readonly setAt: Date | null };

/** The account's secret, its row locked until commit: no code is good twice. */
export async function lockSecret(town: Town, account: string): Promise<SharedSecret | null> {
  takeInOrder("second step");
  const row = await town.db
    .selectFrom("people.totp")
    .select(["sealed", "last_step", "set_at"])
    .where("town", "=", town.id)
    .where("account", "=", account)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  const opened = unseal(town.keys.for("sign-in"), row.sealed, boundTo(town, account));
  if (opened === null) throw new Error("couldn't open an account's second step: it was sealed under another key");
  return { secret: Buffer.from(opened, "base64"), lastStep: row.last_step, setAt: row.set_at };
}

/** Takes the second step away, and the codes for its recovery; whether sign-in asked for it. */
export async function endSecret(town: Town, account: string): Promise<boolean> {
  takeInOrder("second step");
  const ended = await town.db
    .deleteFrom("people.totp")
    .where("town", "=", town.id)
    .where("account", "=", account)
    .returning("set_at")
    .executeTakeFirst();
  await endRecoveryCodes(town, account);
  return ended !== undefined && ended.set_at !== null;
}

export function sealedSecret(town: Town, account: string, secret: Buffer): Buffer {
  return seal(town.keys.for("sign-in"), secret.toString("base64"), boundTo(town, account));
}

function boundTo(town: Town, account: string): string {
  return `${town.id}/${account}/totp`;
}
