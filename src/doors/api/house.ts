import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { Limits } from "#doors/limits";
import type { Blobs } from "#platform/blobs";
import type { Db, Keys, Town } from "#platform/town";
import type { Day } from "#platform/instant";
import type { RefusalCode } from "#refusals";
import type { Coded } from "#intake/find-slip";
import type { ReceiptOf, ReceiptState } from "./shapes.ts";
import type { Words } from "#words/words";

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
  /** What whoever holds a receipt may know; null when its problem is on no ledger. */
  readonly storyOf: (town: Town, coded: Coded, at: Date) => Promise<ReceiptStory | null>;
};

export type ReceiptStory = {
  readonly of: ReceiptOf;
  readonly receivedAt: Date;
  readonly state: ReceiptState;
  readonly next: { readonly says: keyof Words["report"]["story"]["next"]; readonly on: Day | null };
  /** Of the problem it led to, where the ledger shows one. */
  readonly number: string | null;
};
