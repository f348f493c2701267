import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { appendEvent, commitment, RESIDENT, SYSTEM } from "./append-event.ts";
import { redactText } from "./redact-text.ts";

const PROBLEM = "0198c2c4-0000-7000-8000-00000000000b";

test("redacting empties the words, keeps the event as it was, and is an event itself", async (t) => {
  const { town, at } = await aTown(t);
  const event = await appendEvent(town, RESIDENT, at, {
    verb: "objection.raised",
    subject: { kind: "problem", id: PROBLEM },
    words: { reason: "李四住在东塘村三组" },
  });
  const read = () => town.db.selectFrom("audit.event").selectAll().where("id", "=", event).executeTakeFirstOrThrow();
  const before = await read();
  const { salt } = await town.db.selectFrom("audit.private_text").select("salt").where("event", "=", event).executeTakeFirstOrThrow();
  assert.ok(salt !== null && before.body.includes(commitment(salt, "李四住在东塘村三组")));
  await redactText(town, SYSTEM, at, { event, field: "reason", reason: "写了别人的住处" });
  assert.deepEqual(await read(), before);
  const kept = await town.db.selectFrom("audit.private_text").select(["event", "text", "salt"]).orderBy("event").execute();
  assert.deepEqual(
    kept.map(({ text }) => text),
    [null, "写了别人的住处"],
  );
  assert.deepEqual(
    kept.map((word) => word.salt === null),
    [true, false],
    "a commitment whose salt is kept could be tried against guesses",
  );
  assert.deepEqual(await town.db.selectFrom("audit.event").select(["verb", "subject"]).orderBy("id").execute(), [
    { verb: "objection.raised", subject: PROBLEM },
    { verb: "text.redacted", subject: PROBLEM },
  ]);
});

test("words that are not there, or were redacted already, cannot be redacted", async (t) => {
  const { town, at } = await aTown(t);
  const event = await appendEvent(town, RESIDENT, at, {
    verb: "objection.raised",
    subject: { kind: "problem", id: PROBLEM },
    words: { reason: "话" },
  });
  const unknown = (error: unknown) => error instanceof Refusal && error.code === "text/unknown";
  await assert.rejects(redactText(town, SYSTEM, at, { event, field: "other", reason: "x" }), unknown);
  await redactText(town, SYSTEM, at, { event, field: "reason", reason: "x" });
  await assert.rejects(redactText(town, SYSTEM, at, { event, field: "reason", reason: "x" }), unknown);
  assert.equal((await town.db.selectFrom("audit.event").selectAll().execute()).length, 2);
});
