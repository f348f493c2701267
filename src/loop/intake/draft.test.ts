import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import type { Town } from "#platform/town";
import { refusedWith } from "#test/refused";
import { aSuperuser } from "#test/superuser";
import { aTown } from "#test/town";
import { newId } from "#platform/ids";
import { markOfSeen, MOST_DRAFT_BYTES_OF_TOWN, MOST_DRAFTS_OF_ADDRESS, MOST_DRAFTS_OF_TOWN } from "./draft.ts";
import { dropDraft } from "./drop-draft.ts";
import { keepDraft } from "./keep-draft.ts";
import { addWord } from "./add-word.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { readDraft } from "./read-draft.ts";
import { markOfDraft, sendDraft } from "./send-draft.ts";
import { sweepDrafts } from "./sweep.ts";

const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);

async function aPhoto(town: Town, at: Date, colour: string, draft: string): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return (await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor: { kind: "draft", id: draft } })).sha256;
}

test("a draft is kept sealed, answer by answer, and read again by whoever holds its id", async (t) => {
  const { town, at } = await aTown(t);
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" } });
  const photo = await aPhoto(town, at, "#123", id);
  assert.equal(await keepDraft(town, at, { id, answers: { phone: "13800001234" }, photos: { added: [photo], removed: [] } }), id);
  assert.deepEqual(await readDraft(town, at, id), { id, answers: { title: "路灯不亮", phone: "13800001234" }, photos: [photo] });
  const { sealed } = await town.db.selectFrom("intake.draft").select("sealed").executeTakeFirstOrThrow();
  assert.ok(!sealed.includes("13800001234"));
  await dropDraft(town, at, id);
  assert.equal(await readDraft(town, at, id), null);
});

test("a draft's day over, it is not read any more, and the sweep takes it", async (t) => {
  const { town, at } = await aTown(t);
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" } });
  assert.equal(await readDraft(town, hoursAfter(at, 24), id), null);
  await sweepDrafts(town, hoursAfter(at, 23));
  assert.ok(await readDraft(town, at, id));
  await sweepDrafts(town, hoursAfter(at, 24));
  assert.equal(await readDraft(town, at, id), null);
});

test("drafts that cannot be swept keep no other marks from going", async (t) => {
  const { town, at, database, categories } = await aTown(t);
  await keepDraft(town, hoursAfter(at, -48), { id: null, answers: { title: "旧" } });
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.help, device: "phone" });
  await receiveReport(town, null, hoursAfter(at, -2), { ...what, channel: "web" });
  const marks = () => town.db.selectFrom("intake.sending").selectAll().execute();
  assert.equal((await marks()).length, 1);
  const root = await aSuperuser(t, database);
  await root.query(`create function intake.hold_on() returns trigger language plpgsql as $$ begin raise 'held'; end $$;
    create trigger hold_on before delete on intake.draft for each row execute function intake.hold_on()`);
  await assert.rejects(sweepDrafts(town, at), AggregateError);
  assert.deepEqual(await marks(), []);
});

test("a draft moved to another place in the database cannot be opened", async (t) => {
  const { town, at } = await aTown(t);
  const one = await keepDraft(town, at, { id: null, answers: { title: "甲" } });
  const other = await keepDraft(town, at, { id: null, answers: { title: "乙" } });
  const { sealed } = await town.db.selectFrom("intake.draft").select("sealed").where("id", "=", one).executeTakeFirstOrThrow();
  await town.db.updateTable("intake.draft").set({ sealed }).where("id", "=", other).execute();
  assert.equal(await readDraft(town, at, other), null);
});

test("a draft, a report and words to it take only photos that were sent for them", async (t) => {
  const { town, at, categories } = await aTown(t);
  const [mine, other] = [await keepDraft(town, at, { id: null, answers: {} }), newId(at)];
  const theirs = await aPhoto(town, at, "#456", other);
  await assert.rejects(
    keepDraft(town, at, { id: mine, answers: {}, photos: { added: [theirs], removed: [] } }),
    refusedWith("file/unknown"),
  );
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, photos: [theirs] });
  for (const draft of [{ draft: mine }, {}])
    await assert.rejects(receiveReport(town, null, at, { ...what, ...draft, channel: "web" }), refusedWith("file/unknown"));
  const { report } = await receiveReport(town, null, at, { ...what, photos: [], channel: "web" });
  await assert.rejects(addWord(town, at, { report, text: "看照片", photos: [theirs] }), refusedWith("file/unknown"));
  await receiveReport(town, null, at, { ...what, title: "另一件", draft: other, channel: "web" });
  await assert.rejects(addWord(town, at, { report, text: "看照片", photos: [theirs] }), refusedWith("file/unknown"));
});

test("what two tabs answer at the same moment is all kept: answers and photos, six of them at most", async (t) => {
  const { town, at } = await aTown(t);
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" } });
  const aPhotoOfIt = (colour: string) => aPhoto(town, at, colour, id);
  const [first, second, third] = [await aPhotoOfIt("#111"), await aPhotoOfIt("#222"), await aPhotoOfIt("#333")];
  await keepDraft(town, at, { id, answers: {}, photos: { added: [first], removed: [] } });
  await Promise.all([
    keepDraft(town, at, { id, answers: { place: "桥边" }, photos: { added: [second], removed: [first] } }),
    keepDraft(town, at, { id, answers: { phone: "13800001234" }, photos: { added: [third], removed: [] } }),
  ]);
  const draft = await readDraft(town, at, id);
  assert.deepEqual(draft?.answers, { title: "路灯不亮", place: "桥边", phone: "13800001234" });
  assert.deepEqual([...draft.photos].sort(), [second, third].sort());
});

test("an answer that moved on since the page was drawn is not written over, and the same one sent twice is no surprise", async (t) => {
  const { town, at } = await aTown(t);
  const seen = markOfSeen(town, { title: "" });
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" }, seen });
  assert.equal(await keepDraft(town, at, { id, answers: { title: "路灯不亮" }, seen }), id);
  await assert.rejects(keepDraft(town, at, { id, answers: { title: "井盖坏了" }, seen }), refusedWith("draft/changed"));
  assert.equal((await readDraft(town, at, id))?.answers["title"], "路灯不亮");
  assert.equal(await keepDraft(town, at, { id, answers: { place: "桥边" }, seen: markOfSeen(town, { place: "" }) }), id);
});

test("forty sendings of one draft at once make one report; the others find the draft gone", async (t) => {
  const { town, at, categories, villages } = await aTown(t);
  const answers = { title: "路灯不亮", category: categories.complaint, village: villages.dongtang };
  const draft = await keepDraft(town, at, { id: null, answers });
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => sendDraft(town, at, { draft, seen: null, device: "a-phone" })));
  assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);
  assert.ok(all.every((one) => one.status === "fulfilled" || refusedWith("draft/unknown")(one.reason)));
  assert.equal((await town.db.selectFrom("intake.report").select("id").execute()).length, 1);
});

test("a draft that says something else than its sender saw, or is not finished, is not sent and stays", async (t) => {
  const { town, at, categories } = await aTown(t);
  const draft = await keepDraft(town, at, { id: null, answers: { category: categories.complaint } });
  await assert.rejects(sendDraft(town, at, { draft, seen: null, device: "a" }), refusedWith("draft/unfinished"));
  await keepDraft(town, at, { id: draft, answers: { title: "路灯不亮" } });
  const seen = markOfDraft(town, { answers: { title: "路灯不亮", category: categories.complaint }, photos: [] });
  await keepDraft(town, at, { id: draft, answers: { title: "井盖坏了" } });
  await assert.rejects(sendDraft(town, at, { draft, seen, device: "a" }), refusedWith("draft/changed"));
  assert.ok(await readDraft(town, at, draft));
  await keepDraft(town, at, { id: draft, answers: { title: "路灯不亮", notSame: "x" } });
  assert.equal((await sendDraft(town, at, { draft, seen, device: "a" })).folded, false);
});

test("a draft that was sent does not come back under its old id", async (t) => {
  const { town, at, categories } = await aTown(t);
  const sent = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮", category: categories.complaint } });
  await sendDraft(town, at, { draft: sent, seen: null, device: "a" });
  assert.notEqual(await keepDraft(town, at, { id: sent, answers: { title: "又一件" } }), sent);
});

test("a draft in which nothing is written goes after two hours, one with words after a day", async (t) => {
  const { town, at } = await aTown(t);
  const empty = await keepDraft(town, at, { id: null, answers: { contact: "asked" } });
  const written = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" } });
  await sweepDrafts(town, hoursAfter(at, 2));
  assert.deepEqual(await town.db.selectFrom("intake.draft").select("id").execute(), [{ id: written }]);
  assert.equal(await readDraft(town, at, empty), null);
});

/** Drafts of one address, begun a minute before one another. */
async function manyDrafts(town: Town, at: Date, count: number, sender: Buffer | null, bytes: number): Promise<void> {
  await town.db
    .insertInto("intake.draft")
    .values(
      Array.from({ length: count }, (_, i) => {
        const startedAt = new Date(at.getTime() - (count - i) * 10);
        return {
          town: town.id,
          id: newId(startedAt),
          sealed: Buffer.alloc(bytes),
          started_at: startedAt,
          until: hoursAfter(at, 24),
          sender,
        };
      }),
    )
    .execute();
}

const idsOf = async (town: Town) => (await town.db.selectFrom("intake.draft").select("id").orderBy("id").execute()).map(({ id }) => id);

test("whoever begins drafts without end loses their own oldest, nobody else's", async (t) => {
  const { town, at } = await aTown(t);
  const resident = await keepDraft(town, hoursAfter(at, -1), { id: null, answers: { title: "路灯不亮" }, sender: Buffer.from("resident") });
  await manyDrafts(town, at, MOST_DRAFTS_OF_ADDRESS, Buffer.from("flood"), 10);
  const [first, oldest] = await idsOf(town);
  assert.equal(first, resident);
  await keepDraft(town, at, { id: null, answers: { title: "又一份" }, sender: Buffer.from("flood") });
  const left = await idsOf(town);
  assert.equal(left.length, MOST_DRAFTS_OF_ADDRESS + 1);
  assert.ok(left.includes(resident) && !left.includes(oldest ?? ""));
});

test("a town has so many drafts waiting and no more, the newest ones, whoever begins them", async (t) => {
  const { town, at } = await aTown(t);
  await manyDrafts(town, at, MOST_DRAFTS_OF_TOWN, null, 1);
  const [oldest = ""] = await idsOf(town);
  const newest = await keepDraft(town, at, { id: null, answers: { title: "又一份" } });
  const left = await idsOf(town);
  assert.equal(left.length, MOST_DRAFTS_OF_TOWN);
  assert.ok(left.includes(newest) && !left.includes(oldest));
});

test("a town keeps so many bytes of drafts, the newest ones, and the sweep goes on until none is left over", async (t) => {
  const { town, at } = await aTown(t);
  await manyDrafts(town, at, 1200, null, 1);
  const ids = await idsOf(town);
  const grow = (one: number, bytes: number) =>
    sql`update intake.draft set sealed = convert_to(repeat('a', ${bytes}), 'UTF8') where id = ${ids[one]}`.execute(town.db);
  await grow(1100, MOST_DRAFT_BYTES_OF_TOWN / 2);
  await sweepDrafts(town, at);
  assert.equal((await idsOf(town)).length, 1200);
  await grow(1199, MOST_DRAFT_BYTES_OF_TOWN / 2);
  await sweepDrafts(town, at);
  assert.deepEqual(await idsOf(town), ids.slice(1101));
});
