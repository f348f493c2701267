import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import { readFile } from "#evidence/queries";
import type { Town } from "#platform/town";
import { aTown } from "#test/town";
import { dropDraft } from "./drop-draft.ts";
import { keepDraft } from "./keep-draft.ts";
import { readDraft } from "./read-draft.ts";
import { receiveReport, ReceiveReport } from "./receive-report.ts";
import { sweepDrafts, sweepPhotos } from "./sweep.ts";

const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);

async function aPhoto(town: Town, at: Date, colour: string): Promise<string> {
  return (
    await addPhoto(
      town,
      null,
      at,
      await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
        .jpeg()
        .toBuffer(),
    )
  ).sha256;
}

test("a draft is kept sealed, answer by answer, and read again by whoever holds its id", async (t) => {
  const { town, at } = await aTown(t);
  const photo = await aPhoto(town, at, "#123");
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" }, photos: [] });
  assert.equal(await keepDraft(town, at, { id, answers: { title: "路灯不亮", phone: "13800001234" }, photos: [photo] }), id);
  assert.deepEqual(await readDraft(town, at, id), { id, answers: { title: "路灯不亮", phone: "13800001234" }, photos: [photo] });
  const { sealed } = await town.db.selectFrom("intake.draft").select("sealed").executeTakeFirstOrThrow();
  assert.ok(!sealed.includes("13800001234"));
  await dropDraft(town, id);
  assert.equal(await readDraft(town, at, id), null);
});

test("a draft's day over, it is not read any more, and the sweep takes it", async (t) => {
  const { town, at } = await aTown(t);
  const id = await keepDraft(town, at, { id: null, answers: { title: "路灯不亮" }, photos: [] });
  assert.equal(await readDraft(town, hoursAfter(at, 24), id), null);
  await sweepDrafts(town, hoursAfter(at, 23));
  assert.ok(await readDraft(town, at, id));
  await sweepDrafts(town, hoursAfter(at, 24));
  assert.equal(await readDraft(town, at, id), null);
});

test("a draft moved to another place in the database cannot be opened", async (t) => {
  const { town, at } = await aTown(t);
  const one = await keepDraft(town, at, { id: null, answers: { title: "甲" }, photos: [] });
  const other = await keepDraft(town, at, { id: null, answers: { title: "乙" }, photos: [] });
  const { sealed } = await town.db.selectFrom("intake.draft").select("sealed").where("id", "=", one).executeTakeFirstOrThrow();
  await town.db.updateTable("intake.draft").set({ sealed }).where("id", "=", other).execute();
  assert.equal(await readDraft(town, at, other), null);
});

test("photos that became part of nothing are forgotten after two days, those of a report stay", async (t) => {
  const { town, at, categories } = await aTown(t);
  const [used, waiting, unused] = [await aPhoto(town, at, "#111"), await aPhoto(town, at, "#222"), await aPhoto(town, at, "#333")];
  await receiveReport(town, null, at, {
    ...ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint, photos: [used] }),
    channel: "web",
  });
  await keepDraft(town, hoursAfter(at, 40), { id: null, answers: {}, photos: [waiting] });
  assert.equal(await sweepPhotos(town, hoursAfter(at, 47)), 0);
  assert.equal(await sweepPhotos(town, hoursAfter(at, 48)), 1);
  assert.equal(await readFile(town, unused), null);
  assert.ok((await readFile(town, used)) && (await readFile(town, waiting)));
});
