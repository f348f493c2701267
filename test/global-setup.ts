import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { migrate } from "#platform/migrate";
import { startThrowawayServer } from "./throwaway-server.ts";

const DB_FOLDER = join(import.meta.dirname, "../db");

let stop = async (): Promise<void> => undefined;

/**
 * One server for the whole run and one migrated template on it, which every test clones (test/database.ts). With
 * TEST_DATABASE_URL the tests use that server instead, and make their template there themselves.
 */
export async function globalSetup(): Promise<void> {
  if (process.env["TEST_DATABASE_URL"] !== undefined) return;
  const server = await startThrowawayServer();
  stop = () => server.stop();
  const template = `sanwen_template_${hashOfMigrations()}`;
  const client = new Client(server.connection);
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  await migrate({ ...server.connection, database: template });
  process.env["TEST_DATABASE_URL"] = server.address("sanwen");
  process.env["TEST_TEMPLATE"] = template;
}

export async function globalTeardown(): Promise<void> {
  await stop();
}

function hashOfMigrations(): string {
  const hash = createHash("sha256");
  for (const path of globSync("**/*.sql", { cwd: DB_FOLDER }).sort()) hash.update(readFileSync(join(DB_FOLDER, path)));
  return hash.digest("hex").slice(0, 16);
}
