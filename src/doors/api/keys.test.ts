import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf } from "#doors/bounds";
import { addDevice } from "#people/add-device";
import { addProgram } from "#people/add-program";
import { listPrograms } from "#people/list-keys";
import { revokeProgram } from "#people/revoke-program";
import { anApi, post, promised, type Api } from "#test/api";
import { AT } from "#test/town";

const EXPIRES = "2026-12-31";

async function aProgramWithKey({ town, cast }: Api, capabilities: readonly "send-reports"[] = ["send-reports"]): Promise<string> {
  return addProgram(town, cast.zhouXi, AT, { name: "转办系统", channel: "import", capabilities: [...capabilities], expiresOn: EXPIRES });
}

const send = (door: Api, key: string, title = "路灯不亮") =>
  door.ask("/api/v1/reports", post({ title, category: "complaint" }, { authorization: `Bearer ${key}` }));

async function lastReceived({ town }: Api) {
  const { actor_kind: kind, actor } = await town.db
    .selectFrom("audit.event")
    .select(["actor_kind", "actor"])
    .where("verb", "=", "report.received")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const { channel } = await town.db.selectFrom("intake.report").select("channel").orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
  return { kind, actor, channel };
}

test("a program and a device report in their own name; without a key it was a resident", async (t) => {
  const door = await anApi(t);
  const { town, cast, units } = door;
  await promised(door, "sendReport", await send(door, await aProgramWithKey(door)));
  const [program] = await listPrograms(town);
  assert.deepEqual(await lastReceived(door), { kind: "program", actor: program?.id, channel: "import" });
  assert.equal(program?.seenOn, "2026-07-28");
  const phone = { name: "巡查手机 3 号", kind: "phone", unit: units.rural, expiresOn: EXPIRES } as const;
  const device = await addDevice(town, cast.zhouXi, AT, { ...phone, capabilities: ["send-reports"] });
  assert.equal((await send(door, device, "井盖坏了")).status, 201);
  const sent = await lastReceived(door);
  assert.deepEqual([sent.kind, sent.channel], ["device", "patrol"]);
  await door.ask("/api/v1/reports", post({ title: "树倒了", category: "complaint" }));
  assert.deepEqual(await lastReceived(door), { kind: "resident", actor: null, channel: "web" });
});

test("a key that is wrong, taken back or of a narrower scope is refused in words, and nothing is received", async (t) => {
  const door = await anApi(t);
  const { town, cast } = door;
  const key = await aProgramWithKey(door);
  for (const shown of [`Bearer ${key}x`, `Basic ${key}`, "Bearer", key]) {
    const answer = await door.ask("/api/v1/reports", post({ title: "路灯不亮", category: "complaint" }, { authorization: shown }));
    assert.equal(answer.status, 401, shown);
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer /);
    await promised(door, "sendReport", answer);
  }
  const narrow = await send(door, await aProgramWithKey(door, []));
  assert.equal(narrow.status, 403);
  await promised(door, "sendReport", narrow);
  for (const { id } of await listPrograms(town)) await revokeProgram(town, cast.zhouXi, AT, { program: id });
  assert.equal((await send(door, key)).status, 401);
  assert.equal((await town.db.selectFrom("intake.report").select("id").execute()).length, 0);
});

test("a key has its own limit, whatever address it is sent from, and stands in no line of the log", async (t) => {
  const door = await anApi(t);
  const [key, other] = [await aProgramWithKey(door), await aProgramWithKey(door)];
  const [program] = (await listPrograms(door.town)).toReversed();
  const tries = boundsOf("key").perAddress?.tries ?? 0;
  for (let i = 0; i < tries; i += 1) await door.limits.whyNotTry("key", { town: door.town.id, address: program?.id ?? "" });
  const answer = await send(door, key);
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get("retry-after")) > 0);
  assert.equal((await send(door, other)).status, 201);
  assert.ok(!door.logged.join().includes(key.slice(4)));
});

test("reading stays open to everybody, with or without a key", async (t) => {
  const door = await anApi(t);
  for (const authorization of ["Bearer nonsense", `Bearer ${await aProgramWithKey(door)}`])
    assert.equal((await door.ask("/api/v1/problems", { headers: { authorization } })).status, 200);
});

test("an Idempotency-Key belongs to the key's holder: no other sender's use of it stands in the way", async (t) => {
  const door = await anApi(t);
  const key = await aProgramWithKey(door);
  const as = (headers: Record<string, string>, title: string) =>
    door.ask("/api/v1/reports", post({ title, category: "complaint" }, { "idempotency-key": "k-1", ...headers }));
  assert.equal((await as({}, "占住这个键")).status, 201);
  assert.equal((await as({ authorization: `Bearer ${key}` }, "路灯不亮")).status, 201);
  assert.equal((await as({ authorization: `Bearer ${key}`, "x-forwarded-for": "192.0.2.200" }, "路灯不亮")).status, 200);
});
