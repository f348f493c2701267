import { Kysely, PostgresDialect } from "kysely";
import { Pool, types, type PoolConfig } from "pg";
import { withKeptPlans } from "./kept-plans.ts";
import { oneConnectionEach } from "./one-connection.ts";
import { readingWhenLow, SOMEBODY_ELSES, type Room } from "./room.ts";
import type { DB } from "./schema.generated.ts";
import type { Db } from "./town.ts";
import { limitWriters } from "./writers.ts";

const { TIMESTAMPTZ, DATE, INT8 } = types.builtins;
const [TEXTS, INTEGERS, UUIDS] = [1009, 1007, 2951]; // text[], int4[], uuid[] in pg_type; `pg` does not name them

/** For a connection, new or lent out to others: beyond it the visitor is told to come back. */
const LONGEST_WAIT_MS = 15_000;

/** How the application reaches its database; the shape `pg` takes. */
export type Connection = PoolConfig;

/**
 * Opens a pool as the role `sanwen_app`, which is its login's own or one it takes (login-role.ts): it may add to the audit and never
 * change it (db/grants.sql).
 * Days stay text (`YYYY-MM-DD`), 8-byte integers become numbers: every one we keep is below 2^53.
 */
export function openDatabase(connection: Connection, room: Room = SOMEBODY_ELSES): Db {
  const pool = openPool(connection);
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: oneConnectionEach(readingWhenLow(withKeptPlans(pool), room)) }),
  });
  limitWriters(db, pool.options.max);
  return db;
}

export function openPool(connection: Connection): Pool {
  const pool = new Pool({
    max: 16,
    connectionTimeoutMillis: LONGEST_WAIT_MS,
    // Queries here take a millisecond: compiling one (jit) or calling workers for it was measured at 80 to 180 ms.
    options:
      "-c role=sanwen_app -c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0 -c statement_timeout=30000 -c " +
      "idle_in_transaction_session_timeout=30000",
    types: { getTypeParser },
    ...connection,
  });
  surviveLosses(pool);
  return pool;
}

/**
 * A lost connection fails the query that waits for it and is replaced on next use. Without these listeners it would end the process
 * as well: the pool's own hears of idle connections, nobody's of those that are lent out.
 */
export function surviveLosses(pool: Pool): void {
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
}

/** Reads a value's text; `general` is the driver's own way, for what is not plain. */
type Parser = (text: string, general: (text: string) => unknown) => unknown;

const asText: Parser = (text) => text;
// A page of the ledger has a hundred lists, nearly all of them plain: split, they cost a tenth of the general parser.
const asList: Parser = (text, general) => plainList(text) ?? general(text);

const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [DATE, asText],
  [INT8, (text) => Number(text)],
  [TIMESTAMPTZ, (text) => new Date(text)],
  [TEXTS, asList],
  [UUIDS, asList],
  [INTEGERS, (text, general) => plainList(text)?.map(Number) ?? general(text)],
]);

const getTypeParser: typeof types.getTypeParser = (oid, format) => {
  const general = types.getTypeParser(oid, format);
  const parser = format === "binary" ? undefined : PARSERS.get(oid);
  return parser === undefined ? general : (text: string) => parser(text, general);
};

/** The elements of `{a,b}`, or null when one of them is quoted, null or a list itself. */
function plainList(text: string): readonly string[] | null {
  if (text === "{}") return [];
  const inside = text.slice(1, -1);
  return /["\\{]|NULL/i.test(inside) ? null : inside.split(",");
}
