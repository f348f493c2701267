import type { TestContext } from "node:test";
import { Client } from "pg";

/** A connection that may do anything to the database: a root administrator with a grudge. */
export async function aSuperuser(t: TestContext, database: string): Promise<Client> {
  const client = new Client({ connectionString: database });
  client.on("error", () => undefined); // the database is dropped under it
  await client.connect();
  t.after(() => client.end().catch(() => undefined));
  return client;
}
