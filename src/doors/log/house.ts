import type { Context } from "hono";
import type { Logger } from "pino";
import type { Limits } from "#doors/limits";
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
  readonly limits: Limits;
};
