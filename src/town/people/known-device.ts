import { timingSafeEqual } from "node:crypto";
import { hmac } from "#platform/hmac";
import { isId, newId } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import type { Account } from "./account.ts";
import { readUserAgent, type Comes } from "./user-agent.ts";

export const KNOWN_DAYS = 180;
/** Of one account: the one longest unused makes room. */
const MOST_KNOWN = 20;

/**
 * Keeps a browser as one that its holder signed in with. Returns the voucher to be left there: the device's id, the instant, and our
 * signature over both, bound to the account. It opens nothing; failures on such a device are only counted apart, so that a stranger's never
 * keep the officer out on their own. A browser that brings a voucher of the account stays the device it was.
 */
export async function knowDevice(
  town: Town,
  account: Account,
  at: Date,
  what: { readonly vouchers: readonly string[]; readonly userAgent: string },
): Promise<string> {
  const before = await findDevice(town, account, what.vouchers);
  const id = before?.id ?? newId(at);
  const comes = readUserAgent(what.userAgent);
  await town.db
    .insertInto("people.known_device")
    .values({ town: town.id, account: account.id, id, ...comes, known_at: at, signed_in_at: at })
    .onConflict((conflict) => conflict.columns(["town", "account", "id"]).doUpdateSet({ ...comes, signed_in_at: at }))
    .execute();
  const spare = devicesOf(town, account).select("id").orderBy("signed_in_at", "desc").orderBy("id").offset(MOST_KNOWN);
  await town.db
    .deleteFrom("people.known_device")
    .where("town", "=", town.id)
    .where("account", "=", account.id)
    .where("id", "in", spare)
    .execute();
  const claim = `${id}.${at.getTime().toString(36)}`;
  return `${claim}.${signed(town, account, claim)}`;
}

/** The device's id, when one of the vouchers is ours, for this account, not too old, given since the password was set, not forgotten. */
export async function knownDevice(
  town: Town,
  account: Account,
  what: { readonly vouchers: readonly string[]; readonly since: Date; readonly at: Date },
): Promise<string | null> {
  const device = await findDevice(town, account, what.vouchers);
  if (device === null) return null;
  const isFresh = device.issuedMs >= what.since.getTime() && what.at.getTime() - device.issuedMs <= KNOWN_DAYS * DAY_MS;
  return isFresh ? device.id : null;
}

/** Whether it was given to this account, however long ago. */
export function isVoucher(town: Town, account: Account, voucher: string): boolean {
  const [device = "", issued = "", signature = ""] = voucher.split(".");
  const right = Buffer.from(signed(town, account, `${device}.${issued}`));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

export type ListedDevice = Comes & { readonly id: string; readonly knownAt: Date; readonly signedInAt: Date };

/** The devices of an account that are known still, the last used first. */
export async function listKnownDevices(town: Town, account: Account, at: Date): Promise<readonly ListedDevice[]> {
  return devicesOf(town, account)
    .select(["id", "browser", "system", "known_at as knownAt", "signed_in_at as signedInAt"])
    .where("signed_in_at", ">=", new Date(at.getTime() - KNOWN_DAYS * DAY_MS))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("people.credential as c")
            .select("c.account")
            .whereRef("c.town", "=", "people.known_device.town")
            .whereRef("c.account", "=", "people.known_device.account")
            .whereRef("c.set_at", ">", "people.known_device.signed_in_at"),
        ),
      ),
    )
    .orderBy("signed_in_at", "desc")
    .orderBy("id")
    .limit(MOST_KNOWN)
    .execute();
}

const SWEPT_AT_ONCE = 5_000;

/** Devices that nobody used for so long go, by their index. */
export async function sweepKnownDevices(town: Town, at: Date): Promise<void> {
  const over = town.db
    .selectFrom("people.known_device")
    .select(["account", "id"])
    .where("town", "=", town.id)
    .where("signed_in_at", "<", new Date(at.getTime() - KNOWN_DAYS * DAY_MS));
  await untilNoneIsLeft(SWEPT_AT_ONCE, async () => {
    const { numDeletedRows } = await town.db
      .deleteFrom("people.known_device")
      .where("town", "=", town.id)
      .where((eb) => eb(eb.refTuple("account", "id"), "in", over.limit(SWEPT_AT_ONCE).forUpdate().skipLocked().$asTuple("account", "id")))
      .executeTakeFirst();
    return numDeletedRows;
  });
}

/** Nothing is asked of the database unless a voucher is ours: how long a sign-in takes tells nobody which logins exist. */
async function findDevice(town: Town, account: Account, vouchers: readonly string[]) {
  const [id = "", issued = ""] = vouchers.find((one) => isVoucher(town, account, one))?.split(".") ?? [];
  if (!isId(id)) return null; // one of before devices had rows
  const row = await devicesOf(town, account).select("id").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : { id, issuedMs: Number.parseInt(issued, 36) };
}

function devicesOf(town: Town, account: Account) {
  return town.db.selectFrom("people.known_device").where("town", "=", town.id).where("account", "=", account.id);
}

function signed(town: Town, account: Account, claim: string): string {
  return hmac(town.keys.for("sign-in"), `${town.id}/${account.id}/known-device/${claim}`).toString("base64url");
}
