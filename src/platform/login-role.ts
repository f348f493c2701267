import { Client, escapeLiteral, type PoolConfig } from "pg";
import { sql } from "kysely";
import { CannotStart } from "./cannot-start.ts";
import type { Db } from "./town.ts";

/**
 * Lets the application sign in under a name of its own on a server that is ours: what somebody slips into one of its statements can take
 * no other role, because this login has none. `owner` migrated the database just now. Returns the application's connection.
 */
export async function ownLogin(owner: PoolConfig): Promise<PoolConfig> {
  const client = new Client(owner);
  client.on("error", () => undefined); // a lost connection also fails the query that waits for it
  await client.connect();
  try {
    const password = typeof owner.password === "string" ? ` password ${escapeLiteral(owner.password)}` : "";
    await client.query(`alter role sanwen_app login${password}`);
  } finally {
    await client.end();
  }
  return { ...owner, user: "sanwen_app" };
}

/** Whether whoever holds a connection of the application can become the owner of history, and change it. */
export async function mayChangeHistory(db: Db): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select pg_has_role(session_user, nspowner, 'MEMBER') as may from pg_namespace where nspname = 'audit'`.execute(db);
  return rows[0]?.may === true;
}

/** A login that was given for the application alone must be one. */
export async function refuseOwnersLogin(db: Db): Promise<void> {
  if (!(await mayChangeHistory(db))) return;
  throw new CannotStart(
    "DATABASE_APP_URL 的用户能变成数据库的所有者，能改历史。请用只有 sanwen_app 角色的用户，见 docs/operations/install.md。",
    "The user of DATABASE_APP_URL can become the database's owner and change history. Use one that has the role sanwen_app " +
      "and nothing else, see docs/operations/install.md.",
  );
}
