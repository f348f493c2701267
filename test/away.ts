import { Client } from "pg";
import { SERVER } from "./database.ts";

/** Ends every connection to the database and takes no new one, as a server that is being restarted; `back` opens it again. */
export async function takeAway(database: string): Promise<{ readonly back: () => Promise<void> }> {
  const name = new URL(database).pathname.slice(1);
  await onServer(`alter database ${name} allow_connections false`);
  await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return { back: () => onServer(`alter database ${name} allow_connections true`) };
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
