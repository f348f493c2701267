import assert from "node:assert/strict";
import { test } from "node:test";
import { appendEvent, LONGEST_BODY_BYTES } from "#audit/append-event";
import { asActor } from "#people/officer";
import { Refusal } from "#refusals";
import { aNotary, asScribe } from "#test/notary";
import { aTown } from "#test/town";
import { integrateEvents } from "./integrate-events.ts";
import { nameLog } from "./name-log.ts";

const ENTRY_BYTES = 65_535; // C2SP tlog-tiles: the length of an entry is a uint16

test("the longest event that may be told still is an entry of the log; a longer one is refused and leaves nothing", async (t) => {
  const { town, at, cast } = await aTown(t);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://shili.example"));
  const subject = { kind: "officer", id: cast.wuJie.id } as const;
  const append = (noteBytes: number) =>
    appendEvent(town, asActor(cast.zhouXi), at, { verb: "officer.changed", subject, facts: { note: "a".repeat(noteBytes) } });
  const around = JSON.stringify({ facts: { note: "" }, words: {} }).length;
  await append(LONGEST_BODY_BYTES - around);
  await assert.rejects(append(LONGEST_BODY_BYTES - around + 1), (error) => error instanceof Refusal && error.code === "event/too-long");
  await integrateEvents(town, asScribe(notary), at);
  const leaves = await town.db.selectFrom("log.leaf").select("entry").execute();
  assert.equal(leaves.length, 1);
  assert.ok(Buffer.byteLength(leaves[0]?.entry ?? "") <= ENTRY_BYTES);
});
