import assert from "node:assert/strict";
import { test } from "node:test";
import { appendEvent, type Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { signIn } from "#people/sign-in";
import { newId } from "#platform/ids";
import { aNotary, asScribe } from "#test/notary";
import { aTown, type ATown } from "#test/town";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";

async function leavesOf({ town, at }: ATown): Promise<readonly Record<string, unknown>[]> {
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  await integrateEvents(town, asScribe(notary), at);
  const rows = await town.db.selectFrom("log.leaf").select("entry").orderBy("number").execute();
  return rows.map(({ entry }): Record<string, unknown> => JSON.parse(entry));
}

test("the log names devices and programs by id, an officer by unit, of an account its kind, a resident never", async (t) => {
  const a = await aTown(t);
  const [device, program, account] = [newId(a.at), newId(a.at), newId(a.at)];
  const actors: readonly Actor[] = [
    { kind: "device", id: device },
    { kind: "program", id: program },
    { kind: "account:enterprise", id: account },
    { kind: "officer", id: a.cast.wuJie.id },
    { kind: "resident" },
  ];
  for (const by of actors) await appendEvent(a.town, by, a.at, { verb: "policy.changed", subject: THE_TOWN, facts: {} });
  const leaves = await leavesOf(a);
  assert.deepEqual(
    leaves.map(({ by }) => by),
    [
      { kind: "device", id: device },
      { kind: "program", id: program },
      { kind: "account:enterprise" },
      { kind: "officer", unit: a.units.sanitation },
      { kind: "resident" },
    ],
  );
});

test("an event without its actor, or with one that nobody is, is refused by the database", async (t) => {
  const { town, at } = await aTown(t);
  const insert = (actor_kind: "device" | "resident", actor: string | null) =>
    town.db
      .insertInto("audit.event")
      .values({ town: town.id, id: newId(at), verb: "x", actor_kind, actor, at, subject_kind: "town", subject: THE_TOWN.id, body: "{}" })
      .execute();
  await assert.rejects(insert("device", null), /event_actor_named/);
  await assert.rejects(insert("resident", newId(at)), /event_actor_named/);
});

test("the public log does not tell which logins exist: failures of one that is and of one that is not read alike", async (t) => {
  const a = await aTown(t);
  for (const login of ["qianwen", "nobody"])
    for (let tried = 0; tried < 5; tried += 1)
      await signIn(a.town, a.at, { login, password: "Wrong-Word-1", address: `192.0.2.${login.length}`, userAgent: "", vouchers: [] });
  const told = (await leavesOf(a)).map(({ event: _sealed, leaf: _place, ...rest }) => rest);
  assert.equal(told.length, 12);
  assert.deepEqual(told.slice(0, 6), told.slice(6));
  assert.equal(told.filter(({ verb }) => verb === "officer.locked-out").length, 2);
});
