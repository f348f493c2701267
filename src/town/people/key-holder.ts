import type { Actor } from "#audit/append-event";
import { dayOf, type Day } from "#platform/instant";
import { isDiskFull } from "#platform/room";
import type { Town } from "#platform/town";
import type { Capability } from "./capability.ts";
import { hashOfKey, KEY_CAPABILITIES, kindOfKey, type DeviceKind, type PROGRAM_CHANNELS } from "./key.ts";

/** A device or a program, as a door sees it once it has shown its key. */
export type KeyHolder = {
  readonly actor: Extract<Actor, { readonly id: string }>;
  /** The door that what it sends is told to have come through. */
  readonly channel: (typeof PROGRAM_CHANNELS)[number] | "patrol";
  readonly capabilities: ReadonlySet<Capability>;
};

/** The holder of a key that is good today, or null. The day it was seen on is kept. */
export async function findKeyHolder(town: Town, key: string, at: Date): Promise<KeyHolder | null> {
  const kind = kindOfKey(key);
  if (kind === null) return null;
  const today = dayOf(at);
  const found = kind === "program" ? await programOf(town, key, today) : await deviceOf(town, key, today);
  if (found === undefined) return null;
  if (found.seen_on !== today) await seen(town, kind, found.id, today).catch(unlessDiskFull);
  const capabilities = new Set(KEY_CAPABILITIES.filter((capability) => found.capabilities.includes(capability)));
  return { actor: { kind, id: found.id }, channel: found.channel, capabilities };
}

async function programOf(town: Town, key: string, today: Day) {
  return town.db
    .selectFrom("people.program")
    .select(["id", "seen_on", "capabilities", "channel"])
    .where("town", "=", town.id)
    .where("key_hash", "=", hashOfKey(key))
    .where("revoked_at", "is", null)
    .where("expires_on", ">=", today)
    .executeTakeFirst();
}

const CHANNEL_OF = { phone: "patrol", station: "sensor" } as const satisfies Record<DeviceKind, string>;

async function deviceOf(town: Town, key: string, today: Day) {
  const device = await town.db
    .selectFrom("people.device")
    .select(["id", "seen_on", "capabilities", "kind"])
    .where("town", "=", town.id)
    .where("key_hash", "=", hashOfKey(key))
    .where("revoked_at", "is", null)
    .where("expires_on", ">=", today)
    .executeTakeFirst();
  return device === undefined ? undefined : { ...device, channel: CHANNEL_OF[device.kind] };
}

async function seen(town: Town, kind: "device" | "program", id: string, today: Day): Promise<void> {
  await town.db.updateTable(`people.${kind}`).set({ seen_on: today }).where("town", "=", town.id).where("id", "=", id).execute();
}

/** With a full disk the key still opens: the report itself will say why it cannot be kept. */
function unlessDiskFull(error: unknown): void {
  if (!isDiskFull(error)) throw error;
}
