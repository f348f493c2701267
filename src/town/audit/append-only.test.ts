import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { z } from "zod";
import { actOn, aProblem, deskOf } from "#test/desk";
import { AT, aTown } from "#test/town";
import { commitment, SYSTEM } from "./append-event.ts";
import { redactText } from "./redact-text.ts";

const Body = z.object({ facts: z.json(), words: z.record(z.string(), z.string()) });

test("the application may add to the log and read it; it cannot change or remove what happened", async (context) => {
  const t = await aTown(context);
  await aProblem(t);
  const { db } = t.town;
  const denied = { code: "42501" };
  assert.equal((await sql<{ role: string }>`select current_user as role`.execute(db)).rows[0]?.role, "sanwen_app");
  await assert.rejects(sql`update audit.event set verb = 'problem.closed'`.execute(db), denied);
  await assert.rejects(sql`delete from audit.event`.execute(db), denied);
  await assert.rejects(sql`truncate audit.event cascade`.execute(db), denied);
  await assert.rejects(sql`drop table audit.event`.execute(db), denied);
  await assert.rejects(sql`delete from audit.private_text`.execute(db), denied);
  await assert.rejects(sql`update audit.private_text set salt = ''`.execute(db), denied);
  await assert.rejects(sql`update audit.private_text set text = '另一句'`.execute(db), denied);
  await assert.rejects(sql`update log.leaf set entry = ''`.execute(db), denied);
  await assert.rejects(sql`delete from log.checkpoint`.execute(db), denied);
  await assert.rejects(sql`update audit.private_text set event = event`.execute(db), denied);
  await assert.rejects(sql`alter table audit.event disable trigger all`.execute(db), denied);
});

test("an event holds commitments, never words; each commitment is of the text beside it", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  const { problem } = (await deskOf(t, number)).standing;
  const events = await t.town.db.selectFrom("audit.event").select(["id", "body"]).where("subject", "=", problem.id).execute();
  assert.equal(events.length, 2);
  for (const event of events) {
    assert.doesNotMatch(event.body, /\p{Script=Han}/u);
    const { words } = Body.parse(JSON.parse(event.body));
    const texts = await t.town.db
      .selectFrom("audit.private_text")
      .select(["field", "salt", "text"])
      .where("event", "=", event.id)
      .execute();
    assert.deepEqual(words, Object.fromEntries(texts.map(({ field, salt, text }) => [field, commitment(salt ?? Buffer.of(), text ?? "")])));
    assert.ok(texts.length > 0);
  }
});

test("redacting empties a text and leaves its event as it was", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const { problem } = (await deskOf(t, number)).standing;
  const event = t.town.db.selectFrom("audit.event").selectAll().where("subject", "=", problem.id).orderBy("id");
  const before = await event.executeTakeFirstOrThrow();
  await redactText(t.town, SYSTEM, AT, { event: before.id, field: "title", reason: "写了别人的住处" });
  assert.deepEqual(await event.executeTakeFirstOrThrow(), before);
  assert.deepEqual((await deskOf(t, number)).events.at(-1)?.words, {});
});
