import assert from "node:assert/strict";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import { PHOTO_BOUNDS } from "#evidence/bounds";
import { forgetFile } from "#evidence/forget-file";
import { readFile } from "#evidence/queries";
import { sweepFiles } from "#evidence/sweep-files";
import { endUploads, type Sender } from "#evidence/upload";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { refusedWith } from "#test/refused";
import { aTown } from "#test/town";
import { addWord } from "./add-word.ts";
import { keepDraft } from "./keep-draft.ts";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { sweepDrafts } from "./sweep.ts";

const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);

async function aPhoto(town: Town, at: Date, colour: string, draft: string, by: Sender = { address: "192.0.2.1" }): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return (await addPhoto(town, by, at, { bytes, sentFor: { kind: "draft", id: draft } })).sha256;
}

test("photos that became part of nothing are forgotten after hours, those of a report or of a draft that lives stay", async (t) => {
  const { town, at, categories } = await aTown(t);
  const begin = () => keepDraft(town, at, { id: null, answers: { title: "路灯不亮" } });
  const [sent, waiting] = [await begin(), await begin()];
  const [used, unused, held] = [
    await aPhoto(town, at, "#111", sent),
    await aPhoto(town, at, "#222", sent),
    await aPhoto(town, at, "#333", waiting),
  ];
  await keepDraft(town, at, { id: waiting, answers: {}, photos: { added: [held], removed: [] } });
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, photos: [used] });
  await receiveReport(town, null, at, { ...what, channel: "web", draft: sent });
  assert.equal(await sweepFiles(town, hoursAfter(at, 5)), 0);
  assert.equal(await sweepFiles(town, hoursAfter(at, 6)), 1);
  assert.equal(await readFile(town, unused), null);
  assert.ok((await readFile(town, used)) && (await readFile(town, held)));
  await sweepDrafts(town, hoursAfter(at, 25));
  assert.equal(await sweepFiles(town, hoursAfter(at, 25)), 1);
  assert.equal(await readFile(town, held), null);
  assert.ok(await readFile(town, used));
  assert.deepEqual(await town.db.selectFrom("evidence.upload").select("sha256").execute(), []);
});

test("the sweep goes on until none is left, and a photo that somebody uses goes on being used", async (t) => {
  const { town, at } = await aTown(t);
  const photo = await aPhoto(town, at, "#111", newId(at));
  const draft = await keepDraft(town, at, { id: null, answers: {} });
  assert.equal(await aPhoto(town, at, "#111", draft), photo);
  await keepDraft(town, at, { id: draft, answers: {}, photos: { added: [photo], removed: [] } });
  await manyUploads(town, at, 450, 1);
  assert.equal(await sweepFiles(town, hoursAfter(at, 6)), 450);
  assert.ok(await readFile(town, photo));
  assert.equal((await town.db.selectFrom("evidence.upload").select("sha256").execute()).length, 1);
});

test("a photo whose bytes the disk does not give up is left for the next time, and those behind it are forgotten", async (t) => {
  const { town, at, folder } = await aTown(t);
  await manyUploads(town, at, 3, 1);
  const stone = join(folder, town.id, "00", "0".repeat(64));
  await mkdir(stone, { recursive: true });
  await assert.rejects(sweepFiles(town, hoursAfter(at, 6)), AggregateError);
  assert.equal((await town.db.selectFrom("evidence.upload").select("sha256").execute()).length, 1);
  await rm(stone, { recursive: true });
  assert.equal(await sweepFiles(town, hoursAfter(at, 6)), 1);
});

test("a photo that is just being forgotten is unknown to whoever sent it, and is no fault", async (t) => {
  const { town, at, categories } = await aTown(t);
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  const sentFor = { kind: "report", id: report } as const;
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#111" } })
    .jpeg()
    .toBuffer();
  const { sha256 } = await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor });
  const [forgotten, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const forgetting = transact(town, async (town) => {
    await forgetFile(town, at, sha256, (town) => endUploads(town, null, sentFor, [sha256]));
    forgotten.resolve();
    await done.promise;
  });
  await forgotten.promise;
  const added = assert.rejects(addWord(town, at, { report, text: "", photos: [sha256] }), refusedWith("file/unknown"));
  await sleep(100); // it waits for the other transaction by now
  done.resolve();
  await Promise.all([forgetting, added]);
});

test("a flood of photos fills at most what one address may have waiting, and a report's photos do not count", async (t) => {
  const { town, at, folder, categories } = await aTown(t);
  const draft = await keepDraft(town, at, { id: null, answers: {} });
  const first = await aPhoto(town, at, "#111", draft);
  const { origin } = await town.db.selectFrom("evidence.upload").select("origin").executeTakeFirstOrThrow();
  await manyUploads(town, at, 1, PHOTO_BOUNDS.waitingBytesOfSender - 3 * 64 * 1024, origin);
  const flood = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => aPhoto(town, at, `#${(i + 100).toString(16)}0`, draft)));
  assert.equal(flood.filter(({ status }) => status === "fulfilled").length, 2, "two more find room, however many come at once");
  for (const one of flood) assert.ok(one.status === "fulfilled" || refusedWith("file/too-many-waiting")(one.reason));
  assert.equal((await filesIn(folder)).length, 3 * 3, "shown, small and sealed of three, and nothing of those refused");
  await aPhoto(town, at, "#abcdef", newId(at), { address: "198.51.100.7" });
  const what = ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, photos: [first] });
  await receiveReport(town, null, at, { ...what, channel: "web", draft });
  await aPhoto(town, at, "#fedcba", draft);
});

test("a town takes no more photos that wait than it has set apart for them", async (t) => {
  const { town, at } = await aTown(t);
  await manyUploads(town, at, 2, PHOTO_BOUNDS.waitingBytesOfTown / 2 - 1);
  await assert.rejects(aPhoto(town, at, "#111", newId(at)), refusedWith("file/too-many-waiting"));
  assert.equal(await sweepFiles(town, hoursAfter(at, 6)), 2);
  await aPhoto(town, at, "#111", newId(at));
});

/** Photos as far as the tables know, each sent by nobody in particular for a draft that never was. */
async function manyUploads(town: Town, at: Date, count: number, bytes: number, origin: Buffer = Buffer.alloc(0)): Promise<void> {
  const hashes = Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, "0"));
  await town.db
    .insertInto("evidence.file")
    .values(hashes.map((sha256) => ({ town: town.id, sha256, media_type: "image/jpeg", bytes: 1, added_at: at })))
    .execute();
  await town.db
    .insertInto("evidence.upload")
    .values(hashes.map((sha256) => ({ town: town.id, sha256, for_kind: "draft", for_id: newId(at), origin, bytes, uploaded_at: at })))
    .execute();
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map(({ name }) => name);
}
