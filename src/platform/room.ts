import { statfs } from "node:fs/promises";
import type { PostgresPool, PostgresPoolClient } from "kysely";

const LEAST_BYTES = 48 * 1024 * 1024; // three segments of PostgreSQL's write-ahead log
const ENOUGH_BYTES = 64 * 1024 * 1024;
const LOOK_MS = 1000;

/** How much room is left on the disk of the embedded database, looked at every second. */
export type Room = { readonly isLow: () => boolean; forget(): void };

/** Nothing is watched: the disk is somebody else's. */
export const SOMEBODY_ELSES: Room = { isLow: () => false, forget: () => undefined };

/** Below it whoever runs the program is asked to make room. */
export const GOOD_BYTES = 1024 ** 3;

/** What is left on the disk of a folder. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export async function watchRoom(folder: string): Promise<Room> {
  let isLow = false;
  const look = async () => {
    isLow = (await freeBytesOf(folder)) < (isLow ? ENOUGH_BYTES : LEAST_BYTES);
  };
  await look();
  const clock = setInterval(() => void look().catch(() => undefined), LOOK_MS).unref();
  return { isLow: () => isLow, forget: () => clearInterval(clock) };
}

/**
 * The pool, whose connections only read while there is little room. PostgreSQL does not survive a write-ahead log that finds
 * none: on a full disk it was gone after a minute of refused reports, and every page with it. So writing ends before that,
 * and begins again by itself.
 */
export function readingWhenLow(pool: PostgresPool, room: Room): PostgresPool {
  const reading = new WeakSet<PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const isLow = room.isLow();
      if (isLow === reading.has(client)) return client;
      try {
        await client.query(`set default_transaction_read_only = ${isLow ? "on" : "off"}`, []);
      } catch (error) {
        client.release();
        throw error;
      }
      if (isLow) reading.add(client);
      else reading.delete(client);
      return client;
    },
    end: () => pool.end(),
  };
}

const CODES: ReadonlySet<unknown> = new Set([
  "ENOSPC", // from our own files
  "EDQUOT",
  "53100", // disk_full, from PostgreSQL
  "25006", // read_only_sql_transaction: the room is low
]);

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(error.code);
}
