import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { sql } from "kysely";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { furnishTown } from "#limits/furnish-town";
import { addTown } from "#people/add-town";
import { DAY_MS, HOUR_MS } from "#platform/instant";
import { addressOf } from "#test/database";
import { aPlaceWithoutTowns } from "#test/empty-place";
import { aNotary, asScribe } from "#test/notary";
import { aSuperuser } from "#test/superuser";
import { AT, aTown } from "#test/town";
import { lastVerified } from "./verified.ts";
import { verifyOwnLog } from "./verify-own-log.ts";
import { verifyWeekly } from "./verify-weekly.ts";

const QUIETLY = { witnesses: [], progress: () => undefined };

/** A town as it is set up, every row of it told by events, with its log signed. */
async function aTownWithLog(t: TestContext) {
  const town = await addTown(await aPlaceWithoutTowns(t), AT, { id: "xinzhen", nameZh: "新镇", nameEn: "", prefix: "XZ", demo: false });
  await furnishTown(town, AT);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  for (let placed: number | null = null; placed !== 0;) placed = await integrateEvents(town, asScribe(notary), AT);
  return { town, notary };
}

test("that the whole log was verified is kept with its instant, and a week later it is verified again by itself", async (t) => {
  const { town, notary } = await aTownWithLog(t);
  assert.equal(await lastVerified(town), null, "that it was signed says nothing of that");
  await verifyWeekly(town, notary, AT);
  const first = await lastVerified(town);
  assert.deepEqual(first?.heldAt, AT);
  assert.ok(first.size > 0);
  await verifyWeekly(town, notary, new Date(AT.getTime() + 6 * DAY_MS));
  assert.deepEqual((await lastVerified(town))?.heldAt, AT);
  const nextWeek = new Date(AT.getTime() + 7 * DAY_MS);
  await verifyWeekly(town, notary, nextWeek);
  assert.deepEqual((await lastVerified(town))?.heldAt, nextWeek);
  assert.equal((await town.db.selectFrom("proof.verified").select("town").execute()).length, 1, "one row a town");
});

test("a log that does not hold is a fault, and the page goes on saying when it last held", async (t) => {
  const { town, notary } = await aTownWithLog(t);
  await verifyOwnLog(town, notary, AT, QUIETLY);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(town.db);
  const root = await aSuperuser(t, addressOf(rows[0]?.name ?? ""));
  await root.query("update audit.private_text set text = '改过' where text = '咨询'");
  const later = new Date(AT.getTime() + HOUR_MS);
  const { log, broken } = await verifyOwnLog(town, notary, later, QUIETLY);
  assert.ok(log.holds);
  assert.equal(broken?.what, "event");
  const last = await lastVerified(town);
  assert.deepEqual([last?.triedAt, last?.heldAt], [later, AT]);
  await assert.rejects(verifyWeekly(town, notary, new Date(AT.getTime() + 8 * DAY_MS)), /couldn't verify the log: event/);
});

test("a town whose log was never signed has nothing to verify yet", async (t) => {
  const { town, at } = await aTown(t);
  await verifyWeekly(town, aNotary(), at);
  assert.equal(await lastVerified(town), null);
});
