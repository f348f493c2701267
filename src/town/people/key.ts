import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { addDays, type Day } from "#platform/instant";
import { choice, day, line } from "#platform/text";
import type { RefusalCode } from "#refusals";
import type { Capability } from "./capability.ts";

/** What a key may let its holder do. */
export const KEY_CAPABILITIES = ["send-reports"] as const satisfies readonly Capability[];

/** What is said of every key when it is made. `expiresOn`: the last day it is good on. */
export const keyFields = {
  name: line(60),
  capabilities: z.array(choice(KEY_CAPABILITIES)).default([]),
  expiresOn: day,
};

/** Doors that a program may be told to stand for. */
export const PROGRAM_CHANNELS = ["web", "open311", "import", "sensor", "enterprise"] as const;

/** A phone goes round with somebody of its unit, a station stands somewhere. */
export const DEVICE_KINDS = ["phone", "station"] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

const KEY_BYTES = 32;
const PREFIX_LENGTH = 12;
/** A key that nobody looks at any more should not live for ever. */
const LONGEST_DAYS = 731;

/** A key as it is shown once, the hash that is kept of it, and its beginning, by which people recognise it. */
export type Key = { readonly key: string; readonly hash: Buffer; readonly prefix: string };

/** `swp-` (a program's) or `swd-` (a device's), and 32 random bytes. */
export function makeKey(of: "program" | "device"): Key {
  const key = `${of === "program" ? "swp" : "swd"}-${randomBytes(KEY_BYTES).toString("base64url")}`;
  return { key, hash: hashOfKey(key), prefix: key.slice(0, PREFIX_LENGTH) };
}

/** Whose key it is by its form; null when it is none of ours. */
export function kindOfKey(key: string): "program" | "device" | null {
  const [, kind] = /^(swp|swd)-[\w-]{43}$/.exec(key) ?? [];
  return kind === undefined ? null : kind === "swp" ? "program" : "device";
}

/** SHA-256 of so many random bytes is enough: nobody finds them by trying. */
export function hashOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** Whether a key may end on that day: not before today, and not so late that nobody remembers what it was for. */
export function whyNotExpire(expiresOn: Day, today: Day): RefusalCode | null {
  return expiresOn < today || expiresOn > addDays(today, LONGEST_DAYS) ? "key/expiry" : null;
}
