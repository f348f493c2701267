import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { refusedWith } from "#test/refused";
import { PHOTO_BOUNDS } from "./bounds.ts";
import { decode, decoderWithin } from "./decoder.ts";
import { whyNotDecode } from "./read-picture.ts";
import { kindOf, withoutExtras } from "./without-extras.ts";

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url));

/** Red above, blue below; told by the colour in the middle of each half. */
async function halves(picture: Buffer): Promise<readonly string[]> {
  const { data, info } = await sharp(picture).resize(1, 2, { fit: "fill" }).raw().toBuffer({ resolveWithObject: true });
  return [0, 1].map((row) => ((data[row * info.channels] ?? 0) > (data[row * info.channels + 2] ?? 0) ? "red" : "blue"));
}

test("a HEIC photo is opened, upright, with the place its camera wrote down, and without a word of it in what is shown", async () => {
  const { full, width, height, camera } = await decode("a", sample("two-halves.heic"));
  assert.deepEqual([width, height], [320, 240]);
  assert.deepEqual(await halves(full), ["red", "blue"]);
  assert.deepEqual(camera.position, { lat: 27.8102, lon: 114.3901 });
  assert.equal((await sharp(full).metadata()).exif, undefined);
  const sideways = await decode("a", sample("sideways.heic"));
  assert.deepEqual([sideways.width, sideways.height], [240, 320]);
});

test("a HEIC photo that did not arrive whole is refused in words of its own, and the next one is opened", async () => {
  const whole = sample("two-halves.heic");
  for (const cut of [40, 300, 600])
    await assert.rejects(decode("a", whole.subarray(0, cut)), refusedWith("file/heic-unreadable"), `${cut}`);
  assert.equal((await decode("a", whole)).width, 320);
});

test("what a phone or a slow line left of a photo is shown: no end, half of it, printing colours, sixteen bits", async () => {
  const scene = () =>
    sharp({ create: { width: 400, height: 300, channels: 3, background: "#a44", noise: { type: "gaussian", mean: 120, sigma: 40 } } });
  const jpeg = await scene().jpeg().toBuffer();
  const photos = [
    jpeg.subarray(0, -2),
    jpeg.subarray(0, jpeg.length / 2),
    await scene().jpeg({ progressive: true }).toBuffer(),
    await scene().toColourspace("cmyk").jpeg().toBuffer(),
    await scene().toColourspace("rgb16").png().toBuffer(),
  ];
  for (const bytes of photos) assert.equal((await decode("a", bytes)).width, 400);
});

test("a phone of 64 or 108 million pixels is welcome; what unpacks beyond the bounds is refused by its header", async () => {
  const jpeg = { format: "jpeg", channels: 3, depth: "uchar", isProgressive: false } as const;
  assert.equal(whyNotDecode({ ...jpeg, width: 9248, height: 6936 }), null);
  assert.equal(whyNotDecode({ ...jpeg, width: 12032, height: 9024, isProgressive: true }), null);
  assert.equal(whyNotDecode({ ...jpeg, width: 12032, height: 9224 }), "file/too-many-pixels");
  assert.equal(whyNotDecode({ ...jpeg, format: "heif", width: 8064, height: 6048 }), null);
  assert.equal(whyNotDecode({ ...jpeg, format: "heif", width: 9248, height: 6936 }), "file/too-many-pixels");
  const png = { format: "png", width: 8000, height: 8000, channels: 4, depth: "uchar" } as const;
  assert.equal(whyNotDecode({ ...png, isProgressive: false }), null);
  assert.equal(whyNotDecode({ ...png, isProgressive: true }), "file/too-heavy", "it lies in memory whole before a line is known");
  assert.equal(whyNotDecode({ ...png, depth: "ushort", isProgressive: false }), "file/too-heavy");
  await assert.rejects(decode("a", aPng({ side: 8000, depth: 16, interlaced: true })), refusedWith("file/too-heavy"));
  await assert.rejects(decode("a", aPng({ side: 12_000, depth: 8, interlaced: false })), refusedWith("file/too-many-pixels"));
  await assert.rejects(decode("a", Buffer.alloc(PHOTO_BOUNDS.bytes + 1, "\xff\xd8\xff", "latin1")), refusedWith("file/too-large"));
});

test("megabytes of texts and foreign blocks around a picture are never read; Exif is", async () => {
  const small = sharp({ create: { width: 40, height: 30, channels: 3, background: "#464" } });
  const png = await small.clone().png().toBuffer();
  const texts = Array.from({ length: 100_000 }, (_, i) => chunk("tEXt", Buffer.from(`key${i}\0${"x".repeat(100)}`)));
  const loaded = Buffer.concat([
    png.subarray(0, 33),
    ...texts,
    chunk("FORN", Buffer.from("a decoder that meets it stops")),
    png.subarray(33),
  ]);
  assert.ok(loaded.length > 10_000_000 && withoutExtras("png", loaded).length <= png.length);
  assert.equal((await decode("a", loaded)).width, 40);
  const jpeg = await small
    .clone()
    .jpeg()
    .withExif({ IFD0: { Artist: "x" } })
    .toBuffer();
  const comments = Array.from({ length: 200 }, () => Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(0xfffd)]));
  const stripped = withoutExtras("jpeg", Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]));
  assert.deepEqual(Buffer.from(stripped), jpeg);
  for (let cut = 0; cut < jpeg.length; cut += 7) withoutExtras("jpeg", jpeg.subarray(0, cut));
  for (let cut = 8; cut < png.length; cut += 3) withoutExtras("png", png.subarray(0, cut));
});

test("drawings, documents, archives and TIFF never come near the decoder's code for them", async () => {
  const tiff = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#464" } })
    .tiff()
    .toBuffer();
  for (const bytes of [
    tiff,
    Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    Buffer.from("%PDF-1.7"),
    Buffer.from("PK\x03\x04"),
    Buffer.alloc(3),
  ]) {
    assert.equal(kindOf(bytes), null);
    await assert.rejects(decode("a", bytes), refusedWith("file/not-an-image"));
  }
});

test("a picture that takes too long is ended with its process, and the next one finds another", async () => {
  const limits = { ...PHOTO_BOUNDS, atOnce: 1, decodeMs: 1 };
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#464" } })
    .jpeg()
    .toBuffer();
  const hasty = decoderWithin(limits);
  await assert.rejects(hasty("a", jpeg), refusedWith("file/too-heavy"));
  await assert.rejects(hasty("a", jpeg), refusedWith("file/too-heavy"));
  assert.equal((await hasty("a", sample("two-halves.heic"))).width, 320, "HEIC has its own time");
});

test("whoever sends many photos at once waits behind their own, and is told when the line is full", async () => {
  const decoder = decoderWithin({ ...PHOTO_BOUNDS, atOnce: 1, queued: 3, queuedOfSender: 2 });
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#464" } })
    .jpeg()
    .toBuffer();
  const finished: string[] = [];
  const send = (who: string) => decoder(who, jpeg).then(() => finished.push(who));
  const all = await Promise.allSettled([send("flood"), send("flood"), send("flood"), send("flood"), send("resident"), send("late")]);
  const busy = all.map((one) => (one.status === "rejected" ? refusedWith("file/busy")(one.reason) : null));
  assert.deepEqual(busy, [null, null, null, true, null, true]);
  assert.ok(finished.indexOf("resident") < finished.lastIndexOf("flood"), "a resident does not wait for all of another's photos");
});

test("one sender's photos are decoded one after the other, however many cores there are", async () => {
  const decoder = decoderWithin({ ...PHOTO_BOUNDS, atOnce: 2 });
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#464" } })
    .jpeg()
    .toBuffer();
  const finished: string[] = [];
  const send = (what: string, bytes: Uint8Array) => decoder("a", bytes).then(() => finished.push(what));
  await Promise.all([send("a HEIC, which takes its time", sample("two-halves.heic")), send("a quick JPEG", jpeg)]);
  assert.deepEqual(finished, ["a HEIC, which takes its time", "a quick JPEG"]);
});

/** The header of a square PNG with alpha, and one byte of its picture. */
function aPng({ side, depth, interlaced }: { readonly side: number; readonly depth: number; readonly interlaced: boolean }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([depth, 6, 0, 0, interlaced ? 1 : 0], 8);
  const picture = [chunk("IHDR", header), chunk("IDAT", Buffer.from([0x78])), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...picture]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}
