import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { Limits } from "#doors/limits";
import type { Blobs } from "#platform/blobs";
import type { Db, Keys } from "#platform/town";
import type { RefusalCode } from "#refusals";

/**
 * What the roof hands to this door. Statuses and addresses are the web door's: the roof brings them, because doors never import
 * each other.
 */
export type ApiHouse = {
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
  readonly log: Logger;
  /** The only wall clock. */
  readonly now: () => Date;
  readonly origin: URL;
  readonly statusOf: (code: RefusalCode) => ContentfulStatusCode;
  readonly isDiskFull: (error: Error) => boolean;
  readonly addressOf: (context: Context) => string;
  readonly limits: Limits;
};
