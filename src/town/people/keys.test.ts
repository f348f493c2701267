import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "#platform/instant";
import { Refusal } from "#refusals";
import { aTown, aTownBeside } from "#test/town";
import { addDevice } from "./add-device.ts";
import { addProgram, AddProgram } from "./add-program.ts";
import { findKeyHolder } from "./key-holder.ts";
import { listDevices, listPrograms } from "./list-keys.ts";
import { revokeDevice } from "./revoke-device.ts";
import { revokeProgram } from "./revoke-program.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const days = (at: Date, count: number) => new Date(at.getTime() + count * 86_400_000);

test("a program has a key of its own: good until its last day, or until it is taken back", async (t) => {
  const { town, cast, at } = await aTown(t);
  const other = await aTownBeside(town);
  const what = AddProgram.parse({ name: "转办系统", channel: "import", capabilities: ["send-reports"], expiresOn: "2026-08-31" });
  await assert.rejects(addProgram(town, cast.wuAn, at, what), refusal("officer/not-allowed"));
  await assert.rejects(addProgram(town, cast.zhouXi, at, { ...what, expiresOn: "2026-07-27" }), refusal("key/expiry"));
  await assert.rejects(addProgram(town, cast.zhouXi, at, { ...what, expiresOn: "2028-12-31" }), refusal("key/expiry"));
  const key = await addProgram(town, cast.zhouXi, at, what);
  const holder = await findKeyHolder(town, key, at);
  assert.equal(holder?.actor.kind, "program");
  assert.deepEqual([holder.channel, [...holder.capabilities]], ["import", ["send-reports"]]);
  assert.equal(await findKeyHolder(other.town, key, at), null, "of another town");
  for (const wrong of ["", key.slice(1), `${key}a`, key.replace("swp", "swd")]) assert.equal(await findKeyHolder(town, wrong, at), null);
  assert.ok((await findKeyHolder(town, key, new Date("2026-08-31T23:59:00+08:00"))) !== null);
  assert.equal(await findKeyHolder(town, key, new Date("2026-09-01T00:00:00+08:00")), null);
  const [listed] = await listPrograms(town);
  await revokeProgram(town, cast.zhouXi, at, { program: listed?.id ?? "" });
  assert.equal(await findKeyHolder(town, key, at), null);
  await assert.rejects(revokeProgram(town, cast.zhouXi, at, { program: listed?.id ?? "" }), refusal("program/unknown"));
});

test("the day a device was last seen on is kept, its key is not", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const what = { name: "巡查手机 3 号", kind: "phone", unit: units.rural, expiresOn: "2027-01-31" } as const;
  await assert.rejects(addDevice(town, cast.zhouXi, at, { ...what, capabilities: [], unit: cast.zhouXi.id }), refusal("unit/unknown"));
  const key = await addDevice(town, cast.zhouXi, at, { ...what, capabilities: [] });
  assert.equal((await listDevices(town))[0]?.seenOn, null);
  const holder = await findKeyHolder(town, key, days(at, 2));
  assert.deepEqual([holder?.channel, holder?.capabilities.size], ["patrol", 0]);
  const [listed] = await listDevices(town);
  assert.equal(listed?.seenOn, dayOf(days(at, 2)));
  assert.ok(key.startsWith(listed.prefix) && listed.prefix.length < key.length / 3);
  const kept = JSON.stringify([
    await town.db.selectFrom("people.device").selectAll().execute(),
    await town.db.selectFrom("audit.event").selectAll().execute(),
    await town.db.selectFrom("audit.private_text").selectAll().execute(),
  ]);
  assert.ok(!kept.includes(key));
  await revokeDevice(town, cast.zhouXi, at, { device: listed.id });
  const verbs = await town.db.selectFrom("audit.event").select("verb").orderBy("id").execute();
  assert.deepEqual(
    verbs.map(({ verb }) => verb),
    ["device.added", "device.revoked"],
  );
});
