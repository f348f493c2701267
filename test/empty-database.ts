import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { addressOf, SERVER } from "./database.ts";

/** A database with nothing in it, on the server of the tests. */
export async function emptyDatabase(): Promise<{ connectionString: string; drop: () => Promise<void> }> {
  const name = `sanwen_e_${randomBytes(8).toString("hex")}`;
  await onServer(`create database ${name} template template0 encoding 'UTF8'`);
  return { connectionString: addressOf(name), drop: () => onServer(`drop database if exists ${name} with (force)`) };
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
