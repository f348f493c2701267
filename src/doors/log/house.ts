import type { Context } from "hono";
import type { Logger } from "pino";
import type { Blobs } from "#platform/blobs";
import type { Notary } from "#platform/notary";
import type { Db, Keys } from "#platform/town";

/** What the roof hands to this door. */
export type LogHouse = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly notary: Notary;
  readonly log: Logger;
  /** The only wall clock. */
  readonly now: () => Date;
  readonly addressOf: (context: Context) => string;
  /** Takes one try of asking for a cosignature; null when allowed, else after how many milliseconds to try again. */
  readonly whyNotAsk: (address: string) => Promise<number | null>;
};
