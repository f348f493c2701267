import { chmod, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { gunzipSync } from "node:zlib";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { openKeys } from "#platform/keys";
import { migrate } from "#platform/migrate";
import { openNotary } from "#platform/notary";
import type { Town } from "#platform/town";
import { emptyDatabase } from "../empty-database.ts";
import { quickFolder } from "../quick-folder.ts";

const OLD = join(import.meta.dirname, "77111d4");
const DB_FOLDER = join(import.meta.dirname, "../../db");

const Share = z.object({ counted: z.number(), of: z.number() });
const FigureSet = z.object({
  response: Share,
  resolution: Share,
  claim: Share,
  satisfaction: Share,
  "on-time": Share,
  relapse: Share,
  problems: z.number(),
  closed: z.number(),
  overdue: z.number(),
  silent: z.number(),
  silentAttempts: z.number().default(0), // nobody counted them before
  extended: z.number(),
});

/** What the old code said of its town on its last day. */
const Said = z.object({
  at: z.coerce.date(),
  town: z.string(),
  vkey: z.string(),
  signIn: z.object({ login: z.string(), password: z.string() }),
  figures: z.object({ town: FigureSet, byUnit: z.record(z.string(), FigureSet), byCampaign: z.record(z.string(), FigureSet) }),
  home: FigureSet,
  problems: z.array(z.object({ number: z.string(), status: z.string(), lamp: z.record(z.string(), z.union([z.string(), z.number()])) })),
  receipts: z.array(z.object({ code: z.string(), status: z.string(), title: z.string() })),
  photos: z.array(z.string()),
});

/**
 * The town as version 77111d4 left it (keep-folder.mjs), in a database and a data folder of its own: its tables as that version made
 * them, its rows, and then every migration since. Both are gone after the test.
 */
export async function anOldTown(t: { after(leave: () => Promise<void>): void }) {
  const database = await emptyDatabase();
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-old-"));
  const keyFile = join(folder, "master.key");
  for (const part of ["files", "log", "master.key"]) await cp(join(OLD, part), join(folder, part), { recursive: true });
  await chmod(keyFile, 0o600); // git keeps no such mode, and others may not read a key
  const connection = { connectionString: database.connectionString };
  await migrate(connection, await asItWas(join(folder, "db")));
  await fill(connection);
  const migrated = await migrate(connection);
  const db = openDatabase({ ...connection, max: 4 });
  t.after(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true });
  });
  const said = Said.parse(JSON.parse(await readFile(join(OLD, "said.json"), "utf8")));
  const town: Town = { id: said.town, db, keys: await openKeys(keyFile), blobs: openBlobs(join(folder, "files")) };
  return { town, notary: openNotary(keyFile, join(folder, "log")), said, migrated };
}

/** The migrations that version had. They have not changed since: `migrate` compares each with the hash kept in the rows. */
async function asItWas(folder: string): Promise<string> {
  const names = [...(await rowsKept()).matchAll(/^\d+\t(\d{4}_[a-z0-9_]+\.sql)\t/gm)].map(([, name = ""]) => name);
  await mkdir(join(folder, "migrations"), { recursive: true });
  for (const name of names) await cp(join(DB_FOLDER, "migrations", name), join(folder, "migrations", name));
  await cp(join(OLD, "grants.sql"), join(folder, "grants.sql"));
  return folder;
}

/** The rows in place of those the migrations made. Triggers sleep: what they would do is in the rows already. */
async function fill(connection: { readonly connectionString: string }): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    const rows = await rowsKept();
    const copies = [...rows.matchAll(/^COPY (\S+) (\(.*\)) FROM stdin;\n((?:.*\n)*?)\\\.$/gm)];
    for (const [, table = ""] of copies) await client.query(`truncate ${table} cascade`);
    for (const [, table = "", columns = "", lines = ""] of copies) {
      const stream = client.query(copyFrom(`copy ${table} ${columns} from stdin`));
      stream.end(lines);
      await once(stream, "finish");
    }
    for (const [sequence] of rows.matchAll(/^SELECT setval.*$/gm)) await client.query(sequence);
  } finally {
    await client.end();
  }
}

async function rowsKept(): Promise<string> {
  return gunzipSync(await readFile(join(OLD, "rows.sql.gz"))).toString("utf8");
}
