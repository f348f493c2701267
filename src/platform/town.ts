import type { Kysely } from "kysely";
import type { Blobs } from "./blobs.ts";
import { holdingOne } from "./one-connection.ts";
import { settled } from "./settling.ts";
import { writersOf } from "./writers.ts";
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
 * Whatever `work` throws rolls everything back. Inside, only the town it is given may be asked. What it notes as changed is settled
 * before the commit (settling.ts).
 */
export async function transact<P extends Place, T>(place: P, work: (place: P) => Promise<T>): Promise<T> {
  if (place.db.isTransaction) return work(place);
  const write = () => place.db.transaction().execute((db) => holdingOne(() => settled(place.db, db, () => work({ ...place, db }))));
  return writersOf(place.db)(write);
}

/** Reads in one snapshot: whatever commits meanwhile is not seen. Joins a transaction under way, and sees what that sees. */
export async function readAtOnce<P extends Place, T>(place: P, work: (place: P) => Promise<T>): Promise<T> {
  if (place.db.isTransaction) return work(place);
  const snapshot = place.db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return snapshot.execute((db) => holdingOne(() => work({ ...place, db })));
}

/** Keeps one connection for all of `work`, which may hold its lock over several transactions. */
export async function onOneConnection<P extends Place, T>(place: P, work: (place: P) => Promise<T>): Promise<T> {
  return place.db.connection().execute((db) => holdingOne(() => work({ ...place, db })));
}

/** What has a database: a town, or the deployment before it has one. */
type Place = { readonly db: Db };
