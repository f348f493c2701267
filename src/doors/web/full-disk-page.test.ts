import assert from "node:assert/strict";
import { test } from "node:test";
import { aDoor } from "#test/door";
import { aSuperuser } from "#test/superuser";
import { aTown } from "#test/town";

test("when nothing can be written, what an officer typed comes back, ready to be sent again with the same key", async (context) => {
  const its = await aTown(context);
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.zhouXi);
  const root = await aSuperuser(context, its.database);
  const { rows } = await root.query<{ name: string }>("select current_database() as name");
  await root.query(`alter database ${rows[0]?.name} set default_transaction_read_only = on`);
  await root.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  await new Promise((resolve) => setTimeout(resolve, 200));
  const key = "0198c2c4-0000-7000-8000-00000000000c";
  const typed = { form_key: key, nameZh: "新开的单位", nameEn: "A new unit", kind: "department", parent: its.units.government };
  const response = await door.post("/office/people/units", typed, cookie);
  const page = await response.text();
  assert.equal(response.status, 507);
  assert.match(page, /value="新开的单位"/);
  assert.match(page, new RegExp(`name="form_key" value="${key}"`));
});
