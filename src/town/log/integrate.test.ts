import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { z } from "zod";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { CannotStart } from "#platform/cannot-start";
import { canonicalJson } from "#platform/canonical-json";
import { transact, type Town } from "#platform/town";
import { checkLog, type ReadPath } from "#standards/tlog/check-log";
import { parseTilePath } from "#standards/tlog/tile-path";
import { aNotary, asScribe } from "#test/notary";
import { aSuperuser } from "#test/superuser";
import { AT, aTown } from "#test/town";
import { checkEvents } from "#proof/check-events";
import { integrateEvents, WRITES, type Writes } from "./integrate-events.ts";
import { handleOf } from "./leaf.ts";
import { nameLog } from "./name-log.ts";
import { readTile } from "./queries.ts";
import { newestCheckpoint } from "#proof/queries";

async function aLog(t: TestContext) {
  const { town, database } = await aTown(t);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  const vkey = (await notary.logSigner(town.id))?.vkey ?? "";
  return {
    town,
    database,
    notary,
    vkey,
    happen: (count: number) => happen(town, count),
    integrate: (writes?: Writes) => integrateEvents(town, asScribe(notary), AT, writes),
  };
}

let subjects = 0;

async function happen(town: Town, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    subjects += 1;
    const id = `0198c2c4-0000-7000-8000-${String(subjects).padStart(12, "0")}`;
    await appendEvent(town, RESIDENT, AT, { verb: "objection.raised", subject: { kind: "problem", id }, words: { reason: `第 ${i} 次` } });
  }
}

function reader(town: Town): ReadPath {
  return async (path) => {
    if (path === "checkpoint") return Buffer.from((await newestCheckpoint(town))?.note ?? "");
    const tile = parseTilePath(path);
    return tile === null ? null : readTile(town, tile);
  };
}

async function assertWhole(town: Town, vkey: string, size: number): Promise<void> {
  const verdict = await checkLog(reader(town), { vkeys: [vkey], witnesses: [] }, () => undefined);
  assert.ok(verdict.holds, JSON.stringify(verdict));
  assert.equal(verdict.checkpoint.size, size);
  assert.equal(await checkEvents(town, () => undefined), null);
}

test("events get places in the order they committed, and the log is whole", async (t) => {
  const { town, vkey, happen, integrate } = await aLog(t);
  await happen(3);
  assert.equal(await integrate(), 3);
  assert.equal(await integrate(), 0);
  await happen(600);
  assert.equal(await integrate(), 600);
  await assertWhole(town, vkey, 603);
});

/** What a report's leaf told before: everything. Its commitment to the whole event is the same. */
function asToldBefore(
  entry: string,
  { subject, at, body }: { readonly subject: string; readonly at: Date; readonly body: string },
): string {
  const { on: _day, ...told } = z.looseObject({ on: z.string() }).parse(JSON.parse(entry));
  const { facts, words } = z.object({ facts: z.json(), words: z.json() }).parse(JSON.parse(body));
  const all = { ...told, at: at.toISOString(), by: { kind: "resident" }, subject: { kind: "report", handle: subject }, facts, words };
  return canonicalJson(z.record(z.string(), z.json()).parse(all));
}

test("of a report a leaf tells verb, day and handle; leaves that told more before go on verifying", async (t) => {
  const { town, vkey, integrate, database } = await aLog(t);
  const root = await aSuperuser(t, database);
  const report = "019fa5e3-3f7d-7000-8000-000000000001";
  const told = {
    subject: { kind: "report", id: report },
    facts: { channel: "phone", category: "wrongdoing", problem: "0198c2c4-0000-7000-8000-000000000099" },
    words: { title: "某人的事", details: "细节" },
  } as const;
  await appendEvent(town, RESIDENT, AT, { verb: "report.received", ...told });
  const event = await town.db.selectFrom("audit.event").select(["subject", "at", "body"]).executeTakeFirstOrThrow();
  await integrate({
    ...WRITES,
    async leaves(town, telling, most) {
      const written = await WRITES.leaves(town, telling, most);
      const leaf = await town.db.selectFrom("log.leaf").select("entry").executeTakeFirst();
      if (leaf !== undefined) await root.query("update log.leaf set entry = $1", [asToldBefore(leaf.entry, event)]);
      return written;
    },
  });
  await appendEvent(town, RESIDENT, AT, { verb: "report.accepted", ...told });
  await integrate();
  const entries = await town.db.selectFrom("log.leaf").select("entry").orderBy("number").execute();
  const [before, now] = entries.map(({ entry }) => entry);
  assert.match(before ?? "", /wrongdoing/);
  const { event: seal, ...rest } = z.looseObject({ event: z.string() }).parse(JSON.parse(now ?? ""));
  assert.match(seal, /^hmac-sha256:[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    town: town.id,
    leaf: 1,
    on: "2026-07-28",
    verb: "report.accepted",
    subject: { kind: "report", handle: handleOf(report) },
  });
  await assertWhole(town, vkey, 2);
  await root.query(
    "update audit.private_text set text = '别的' where field = 'title' and event = (select event from log.leaf where number = 1)",
  );
  assert.deepEqual(await checkEvents(town, () => undefined), { kind: "words-changed", leaf: 1 });
});

test("an act still under way holds nobody up and gets its place when it commits", async (t) => {
  const { town, vkey, happen, integrate } = await aLog(t);
  const open = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const slow = transact(town, async (town) => {
    await happenIn(town);
    begun.resolve();
    await open.promise;
  });
  await begun.promise;
  await happen(2);
  assert.equal(await integrate(), 2);
  open.resolve();
  await slow;
  assert.equal(await integrate(), 1);
  await assertWhole(town, vkey, 3);
});

async function happenIn(town: Town): Promise<void> {
  await happen(town, 1);
}

test("two programs at once do not both give places", async (t) => {
  const { town, vkey, happen, integrate } = await aLog(t);
  await happen(300);
  const gained = await Promise.all([integrate(), integrate(), integrate()]);
  assert.ok(gained.includes(300));
  await integrate();
  await assertWhole(town, vkey, 300);
});

const STEPS = ["leaves", "tiles", "tree", "checkpoint"] as const;

/** The writes of a round of which one fails: it was never made, or it was made and nobody heard so. */
function failingAt(step: (typeof STEPS)[number], kept: boolean): Writes {
  const fail = async (write: () => Promise<unknown>): Promise<never> => {
    if (kept) await write();
    throw new Error("the power went out");
  };
  return {
    leaves: (town, telling, most) => {
      const write = () => WRITES.leaves(town, telling, most);
      return step === "leaves" ? fail(write) : write();
    },
    tiles: (town, tiles) => (step === "tiles" ? fail(() => WRITES.tiles(town, tiles)) : WRITES.tiles(town, tiles)),
    tree: (town, tree) => (step === "tree" ? fail(() => WRITES.tree(town, tree)) : WRITES.tree(town, tree)),
    checkpoint: (town, at, size, note) =>
      step === "checkpoint" ? fail(() => WRITES.checkpoint(town, at, size, note)) : WRITES.checkpoint(town, at, size, note),
  };
}

for (const step of STEPS) {
  for (const kept of [false, true]) {
    test(`a crash at the ${step}, ${kept ? "kept but reported lost" : "lost"}, loses nothing and signs nothing twice`, async (t) => {
      const { town, notary, vkey, happen, integrate } = await aLog(t);
      await happen(250);
      await integrate();
      await happen(10);
      await assert.rejects(integrate(failingAt(step, kept)), /power/);
      const signed = await notary.lastSigned(town.id);
      if (step === "checkpoint") {
        await integrate();
        assert.equal((await newestCheckpoint(town))?.note, signed, "what was signed before the crash is what is shown after it");
      }
      await happen(10);
      await assert.rejects(integrate(failingAt(step, kept)), /power/);
      await happen(5);
      await integrate();
      await assertWhole(town, vkey, 275);
    });
  }
}

test("a note that was signed but could not be remembered was never shown", async (t) => {
  const { town, notary, vkey, happen } = await aLog(t);
  await happen(4);
  const forgetful = { ...notary, remember: () => Promise.reject(new Error("the disk is full")) };
  await assert.rejects(integrateEvents(town, asScribe(forgetful), AT), /disk is full/);
  assert.equal(await newestCheckpoint(town), null);
  await integrateEvents(town, asScribe(notary), AT);
  await assertWhole(town, vkey, 4);
});

const stops = (sentence: RegExp) => (error: unknown) => error instanceof CannotStart && sentence.test(error.en);

test("a database put back to an earlier day signs nothing: the log would go backwards", async (t) => {
  const { town, happen, integrate, notary } = await aLog(t);
  const other = await aTown(t);
  await happen(5);
  await integrate();
  await happenIn(other.town); // the same town, restored from before
  await assert.rejects(integrateEvents(other.town, asScribe(notary), AT), stops(/must not go backwards/));
  assert.equal(await newestCheckpoint(other.town), null);
  await happen(1);
  assert.equal(await integrate(), 1);
  assert.equal(town.id, other.town.id);
});

test("a log whose key is missing stops with the sentence, it does not make another", async (t) => {
  const { town, happen, integrate } = await aLog(t);
  await happen(1);
  await integrate();
  await assert.rejects(nameLog(town, aNotary(), new URL("https://ledger.example")), stops(/holds no log key/));
});
