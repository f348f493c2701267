import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { aTown, type ATown } from "#test/town";
import { addPhoto } from "./add-photo.ts";
import { fillLooks } from "./fill-looks.ts";
import { redactFile } from "./redact-file.ts";
import { removeRedactedBytes } from "./remove-bytes.ts";

/** Three photos, in the order in which the sweeps meet them. */
async function threePhotos({ town, at }: ATown): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const background of ["#111", "#777", "#ddd"]) {
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .jpeg()
      .toBuffer();
    const sentFor = { kind: "draft", id: "0198b6a0-0000-7000-8000-000000000001" } as const;
    hashes.push((await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor })).sha256);
  }
  return hashes.sort();
}

/** In the place of a photo's bytes lies something that can neither be read nor removed as a file. */
async function inItsPlace({ town, folder }: ATown, sha256: string) {
  const path = join(folder, town.id, sha256.slice(0, 2), sha256);
  await rm(path);
  await mkdir(path);
  return { clear: () => rm(path, { recursive: true }) };
}

test("a photo that cannot be looked at is left for the next time, and those behind it are looked at", async (t) => {
  const a = await aTown(t);
  const [first = "", ...others] = await threePhotos(a);
  await a.town.db.updateTable("evidence.file").set({ look: null }).execute();
  const stone = await inItsPlace(a, first);
  const unlooked = async () =>
    (await a.town.db.selectFrom("evidence.file").select("sha256").where("look", "is", null).execute()).map(({ sha256 }) => sha256);
  await assert.rejects(fillLooks(a.town), AggregateError);
  assert.deepEqual(await unlooked(), [first]);
  assert.equal(others.length, 2);
  await stone.clear();
  assert.equal(await fillLooks(a.town), 1);
  assert.deepEqual(await unlooked(), []);
});

test("bytes that the disk does not give up are left for the next time, and those behind them are gone", async (t) => {
  const a = await aTown(t);
  const [first = "", ...others] = await threePhotos(a);
  for (const file of [first, ...others]) await redactFile(a.town, a.cast.qianWen, a.at, { file, reason: "有人脸" });
  const stone = await inItsPlace(a, first);
  await assert.rejects(removeRedactedBytes(a.town, a.at), AggregateError);
  for (const file of others) assert.equal(await a.town.blobs.get(a.town.id, file), null);
  await stone.clear();
  assert.equal(await removeRedactedBytes(a.town, a.at), 1);
  assert.equal(await removeRedactedBytes(a.town, a.at), 0);
});
