import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { aTown } from "#test/town";
import { startThrowawayServer } from "#test/throwaway-server";
import { CannotStart } from "./cannot-start.ts";
import { openDatabase } from "./database.ts";
import { mayChangeHistory, ownLogin, refuseOwnersLogin } from "./login-role.ts";
import { migrate } from "./migrate.ts";

test("the application signs in as somebody who cannot become the owner of history", async () => {
  const server = await startThrowawayServer();
  try {
    await migrate(server.connection);
    const db = openDatabase(await ownLogin(server.connection));
    const { rows } = await sql<{ who: string }>`select session_user as who`.execute(db);
    assert.equal(rows[0]?.who, "sanwen_app");
    assert.equal(await mayChangeHistory(db), false);
    await assert.rejects(sql`set role sanwen`.execute(db), /permission denied/);
    await db.connection().execute(async (one) => {
      await sql`reset role`.execute(one);
      await assert.rejects(sql`delete from audit.event where town = 'shili'`.execute(one), /permission denied/);
    });
    await db.destroy();
  } finally {
    await server.stop();
  }
});

test("a login that only took the application's role is told apart, and refused where one of its own was promised", async (t) => {
  const { town } = await aTown(t);
  assert.equal(await mayChangeHistory(town.db), true);
  await assert.rejects(refuseOwnersLogin(town.db), CannotStart);
});
