import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { refusedWith } from "#test/refused";
import { aTown } from "#test/town";
import type { Blobs } from "#platform/blobs";
import type { Town } from "#platform/town";
import { addPhoto } from "./add-photo.ts";
import { readCamera } from "./exif.ts";
import { subjectOf } from "./file.ts";
import { forgetFile } from "./forget-file.ts";
import { findFile, readFile } from "./queries.ts";
import { redactFile } from "./redact-file.ts";
import { removeRedactedBytes } from "./remove-bytes.ts";
import { endUploads, type Sender, type SentFor } from "./upload.ts";

const DRAFT: SentFor = { kind: "draft", id: "0198b6a0-0000-7000-8000-000000000001" };

/** A resident sends a photo for a report they are writing. */
function send(town: Town, at: Date, bytes: Uint8Array, by: Sender = { address: "192.0.2.1" }) {
  return addPhoto(town, by, at, { bytes, sentFor: DRAFT });
}

const GPS = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "27/1 48/1 3672/100", GPSLongitudeRef: "E", GPSLongitude: "114/1 23/1 2436/100" } };

function photo(colour = "#567") {
  return sharp({ create: { width: 2400, height: 1200, channels: 3, background: colour } });
}

test("a photo is re-encoded, made smaller, and loses every word about itself; its position is only handed back", async (t) => {
  const { town, at } = await aTown(t);
  const original = await photo()
    .jpeg()
    .withExif({ IFD0: { Artist: "Wang Lu" }, ...GPS })
    .toBuffer();
  assert.ok(original.includes("Wang Lu"));
  const added = await send(town, at, original);
  assert.deepEqual([added.width, added.height], [1920, 960]);
  assert.deepEqual(added.position, { lat: 27.8102, lon: 114.3901 });
  for (const hash of [added.sha256, added.thumbnailSha256]) {
    const kept = await readFile(town, hash);
    assert.ok(kept);
    assert.equal(kept.mediaType, "image/jpeg");
    assert.ok(!kept.bytes.includes("Wang Lu") && !kept.bytes.includes("Exif"));
    const { exif, icc, xmp, iptc } = await sharp(kept.bytes).metadata();
    assert.deepEqual([exif, icc, xmp, iptc], [undefined, undefined, undefined, undefined]);
  }
});

test("a photo taken sideways stands upright", async (t) => {
  const { town, at } = await aTown(t);
  const sideways = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#9a8" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { width, height } = await send(town, at, sideways);
  assert.deepEqual([width, height], [200, 300]);
});

test("PNG, WebP, GIF and AVIF pictures are welcome; what stays is JPEG", async (t) => {
  const { town, at } = await aTown(t);
  const small = () => sharp({ create: { width: 40, height: 30, channels: 4, background: "#fa08" } });
  for (const bytes of [
    await small().png().toBuffer(),
    await small().webp().toBuffer(),
    await small().gif().toBuffer(),
    await small().avif().toBuffer(),
  ]) {
    const { sha256 } = await send(town, at, bytes);
    assert.equal((await sharp((await readFile(town, sha256))?.bytes).metadata()).format, "jpeg");
  }
});

test("a file is judged by what it holds: text, drawings and an empty file are refused and leave nothing", async (t) => {
  const { town, at } = await aTown(t);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>');
  for (const bytes of [
    Buffer.from("MZ not a picture.jpg"),
    svg,
    Buffer.alloc(0),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)]),
  ]) {
    await assert.rejects(send(town, at, bytes), refusedWith("file/not-an-image"));
  }
  await assert.rejects(send(town, at, Buffer.alloc(15 * 1024 * 1024 + 1)), refusedWith("file/too-large"));
  assert.deepEqual(await town.db.selectFrom("evidence.file").selectAll().execute(), []);
});

test("a small file that would unfold to a huge picture is refused by its header", async (t) => {
  const { town, at } = await aTown(t);
  const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: "#fff" }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();
  assert.ok(bomb.length < 1_000_000);
  await assert.rejects(send(town, at, bomb), refusedWith("file/too-many-pixels"));
});

test("the same photo sent twice at once is one file", async (t) => {
  const { town, at } = await aTown(t);
  const bytes = await photo("#345").jpeg().toBuffer();
  const both = await Promise.all([send(town, at, bytes), send(town, at, bytes)]);
  assert.equal(both[0].sha256, both[1].sha256);
  assert.equal((await town.db.selectFrom("evidence.file").selectAll().execute()).length, 1);
});

test("on a full disk a photo leaves neither bytes nor row", async (t) => {
  const { town, at } = await aTown(t);
  const written: string[] = [];
  let puts = 0;
  const full: Blobs = {
    ...town.blobs,
    put: async (id, bytes) => {
      puts += 1;
      if (puts === 2) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      const sha256 = await town.blobs.put(id, bytes);
      written.push(sha256);
      return sha256;
    },
  };
  await assert.rejects(send({ ...town, blobs: full }, at, await photo().jpeg().toBuffer()), { code: "ENOSPC" });
  assert.equal(written.length, 1);
  for (const sha256 of written) assert.equal(await town.blobs.get(town.id, sha256), null);
  assert.deepEqual(await town.db.selectFrom("evidence.file").selectAll().execute(), []);
});

test("a redacted photo is out of sight at once, its bytes go with the sweep, and it does not come back", async (t) => {
  const { town, at, cast } = await aTown(t);
  const bytes = await photo("#777").jpeg().toBuffer();
  const { sha256, thumbnailSha256 } = await send(town, at, bytes);
  await assert.rejects(redactFile(town, cast.wuJie, at, { file: sha256, reason: "有人脸" }), refusedWith("officer/not-allowed"));
  await redactFile(town, cast.qianWen, at, { file: sha256, reason: "有人脸" });
  assert.equal(await readFile(town, sha256), null);
  assert.equal(await readFile(town, thumbnailSha256), null);
  assert.equal(await removeRedactedBytes(town, at), 1);
  assert.equal(await removeRedactedBytes(town, at), 0);
  assert.equal(await town.blobs.get(town.id, sha256), null);
  await assert.rejects(send(town, at, bytes), refusedWith("file/unknown"));
  assert.equal((await findFile(town, sha256))?.redacted, true);
  const events = await town.db.selectFrom("audit.event").select(["verb", "subject", "body"]).execute();
  assert.deepEqual(
    events.map(({ verb, subject }) => [verb, subject]),
    [
      ["file.added", subjectOf(sha256)],
      ["file.redacted", subjectOf(sha256)],
    ],
  );
  assert.ok(!events.some(({ body }) => body.includes("有人脸")));
});

test("a photo nothing uses can be forgotten, and be sent again", async (t) => {
  const { town, at } = await aTown(t);
  const bytes = await photo("#123").jpeg().toBuffer();
  const { sha256 } = await send(town, at, bytes);
  await forgetFile(town, at, sha256, (town) => endUploads(town, null, DRAFT, [sha256]));
  assert.equal(await readFile(town, sha256), null);
  assert.equal(await town.blobs.get(town.id, sha256), null);
  await send(town, at, bytes);
  assert.ok(await readFile(town, sha256));
});

test("a malformed position in a photo is no position, whatever its bytes say", async () => {
  const { exif } = await sharp(await photo().jpeg().withExif(GPS).toBuffer()).metadata();
  assert.ok(exif);
  assert.deepEqual(readCamera(exif).position, { lat: 27.8102, lon: 114.3901 });
  for (let cut = 0; cut < exif.length; cut++) readCamera(exif.subarray(0, cut));
  for (let at = 0; at < exif.length; at++) for (const byte of [0, 0x7f, 0xff]) readCamera(exif.with(at, byte));
  const nowhere = await sharp(
    await photo()
      .jpeg()
      .withExif({ IFD3: { ...GPS.IFD3, GPSLatitude: "99/1 0/1 0/1" } })
      .toBuffer(),
  ).metadata();
  assert.ok(nowhere.exif);
  assert.equal(readCamera(nowhere.exif).position, null);
});
