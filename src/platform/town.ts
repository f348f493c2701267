import type { Kysely, Transaction } from "kysely";
import type { Blobs } from "./blobs.ts";
import type { DB } from "./schema.generated.ts";

export type Db = Kysely<DB>;

/** What sub-keys of the master key are for; one use, one key. */
export type KeyPurpose = "receipt" | "vault" | "blind-index" | "original" | "device" | "draft" | "cookie" | "sign-in";
export type Keys = {
  for(purpose: KeyPurpose): Buffer;
  /** What personal information is sealed with from now on; what was sealed otherwise can still be opened. */
  readonly algorithms: Algorithms;
};

/** AES-256-GCM and HMAC-SHA-256, or the national SM4-CBC and HMAC-SM3 (GB/T 32907, GB/T 32905). */
export type Algorithms = "international" | "national";

/** Where a command happens: one town, with the handles that reach its rows, its files and its keys. */
export type Town = {
  readonly id: string;
  readonly db: Db;
  readonly keys: Keys;
  readonly blobs: Blobs;
};

/**
 * Runs `work` in one transaction of this town, or joins the one already under way.
 * Whatever `work` throws rolls everything back.
 */
export async function transact<T>(town: Town, work: (town: Town) => Promise<T>): Promise<T> {
  if (isTransaction(town.db)) return work(town);
  return town.db.transaction().execute((db) => work({ ...town, db }));
}

function isTransaction(db: Db): db is Transaction<DB> {
  return db.isTransaction;
}
