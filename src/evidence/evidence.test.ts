import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { aTown } from "#test/town";
import { Refusal } from "#refusals";
import type { Blobs } from "#platform/blobs";
import type { Town } from "#platform/town";
import { addPhoto } from "./add-photo.ts";
import { BlackOut, blackOut } from "./black-out.ts";
import { checkFiles } from "./check-files.ts";
import { readCamera } from "./exif.ts";
import { subjectOf } from "./file.ts";
import { forgetPhoto } from "./forget-photo.ts";
import { openOriginal, sealOriginal } from "./original.ts";
import { findCameras, findFile, readFile } from "./queries.ts";
import { redactFile } from "./redact-file.ts";
import { removeRedactedBytes } from "./remove-bytes.ts";
import type { Purpose, Sender } from "./upload.ts";

const DRAFT: Purpose = { kind: "draft", id: "0198b6a0-0000-7000-8000-000000000001" };

/** A resident sends a photo for a report they are writing. */
function send(town: Town, at: Date, bytes: Uint8Array, by: Sender = { address: "192.0.2.1" }) {
  return addPhoto(town, by, at, { bytes, purpose: DRAFT });
}

const GPS = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "27/1 48/1 3672/100", GPSLongitudeRef: "E", GPSLongitude: "114/1 23/1 2436/100" } };

function photo(colour = "#567") {
  return sharp({ create: { width: 2400, height: 1200, channels: 3, background: colour } });
}

const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

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
  await forgetPhoto(town, at, { sha256, purpose: DRAFT, officer: null });
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

const EXIF = { IFD2: { DateTimeOriginal: "2026:07:20 10:22:33" }, ...GPS };

test("what was sent is kept whole and sealed, the event commits to its hash, and what the camera wrote lies apart", async (t) => {
  const { town, at, cast } = await aTown(t);
  const sent = await photo("#246").jpeg().withExif(EXIF).toBuffer();
  const { sha256 } = await send(town, at, sent, { officer: cast.wuJie.id });
  const kept = await town.db.selectFrom("evidence.original").selectAll().executeTakeFirstOrThrow();
  const originalSha256 = createHash("sha256").update(sent).digest("hex");
  assert.equal(kept.original_sha256, originalSha256);
  const sealed = await town.blobs.get(town.id, kept.sealed_sha256);
  assert.ok(sealed !== null && !sealed.includes("Exif"));
  assert.deepEqual(openOriginal(town, sha256, sealed), sent);
  const event = await town.db.selectFrom("audit.event").select(["verb", "body"]).executeTakeFirstOrThrow();
  assert.equal(event.verb, "file.added");
  assert.ok(!event.body.includes(originalSha256) && !event.body.includes(sha256), "the event only commits to the hashes");
  const words = await town.db.selectFrom("audit.private_text").select(["field", "text"]).orderBy("field").execute();
  assert.deepEqual(
    words.map(({ field, text }) => [field, text]),
    [
      ["original", originalSha256],
      ["sha256", sha256],
    ],
  );
  assert.deepEqual((await findCameras(town, [sha256])).get(sha256), {
    takenAt: new Date("2026-07-20T10:22:33+08:00"),
    position: { lat: 27.8102, lon: 114.3901 },
  });
  assert.equal(await readFile(town, kept.sealed_sha256), null, "no door reads the original");
});

test("what is blacked out is black on a copy that takes the file's place, while the original stays as it was sent", async (t) => {
  const { town, at, cast } = await aTown(t);
  const sent = await photo("#ffffff").jpeg().toBuffer();
  const first = await send(town, at, sent);
  const cover = (file: string, rectangles: string) =>
    blackOut(town, cast.qianWen, at, BlackOut.parse({ file, rectangles, reason: "路人面部" }));
  await assert.rejects(
    blackOut(town, cast.wuJie, at, BlackOut.parse({ file: first.sha256, rectangles: "0 0 9 9", reason: "无权" })),
    refusedWith("officer/not-allowed"),
  );
  const copy = await cover(first.sha256, "10 10 20 20");
  const second = await cover(copy, "80 80 20 20");
  assert.equal((await findFile(town, first.sha256))?.shownSha256, second);
  assert.equal((await findFile(town, copy))?.shownSha256, second);
  assert.equal(await readFile(town, first.sha256), null);
  await assert.rejects(cover(first.sha256, "0 0 5 5"), refusedWith("file/unknown"));
  const { data, info } = await sharp((await readFile(town, second))?.bytes)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const lightAt = (x: number, y: number) =>
    data[(Math.floor((y / 100) * info.height) * info.width + Math.floor((x / 100) * info.width)) * info.channels] ?? -1;
  for (const [x, y] of [
    [11, 11],
    [29, 29],
    [81, 81],
    [99, 99],
  ] as const)
    assert.ok(lightAt(x, y) < 40, `${x} ${y} is covered`);
  for (const [x, y] of [
    [5, 5],
    [50, 50],
    [75, 90],
  ] as const)
    assert.ok(lightAt(x, y) > 200, `${x} ${y} is not`);
  await removeRedactedBytes(town, at);
  assert.equal(await town.blobs.get(town.id, first.sha256), null);
  const { sealed_sha256 } = await town.db.selectFrom("evidence.original").select("sealed_sha256").executeTakeFirstOrThrow();
  assert.deepEqual(openOriginal(town, first.sha256, (await town.blobs.get(town.id, sealed_sha256)) ?? Buffer.alloc(0)), sent);
  assert.equal((await send(town, at, sent)).sha256, second, "the same photo sent again shows the copy");
  await redactFile(town, cast.qianWen, at, { file: second, reason: "整张都不该公开" });
  assert.equal((await findFile(town, first.sha256))?.redacted, true);
  assert.deepEqual((await checkFiles(town, () => undefined)).faults, []);
});

test("rectangles outside the picture, without size, or none at all are said to be so", () => {
  const wrong = [
    "",
    "10 10 10",
    "90 10 20 5",
    "-1 0 5 5",
    "0 0 0 5",
    "a b c d",
    "1e1 0 5 5",
    Array.from({ length: 41 }, () => "0 0 1 1").join("\n"),
  ];
  for (const rectangles of wrong) assert.ok(!BlackOut.safeParse({ file: "0".repeat(64), rectangles, reason: "理由" }).success, rectangles);
  assert.deepEqual(BlackOut.parse({ file: "0".repeat(64), rectangles: "12.5，30, 10 8\n\n", reason: "理由" }).rectangles, [
    { left: 12.5, top: 30, width: 10, height: 8 },
  ]);
});

test("hashing every file again finds bytes that were changed or taken, and a row that went without being forgotten", async (t) => {
  const { town, at, folder } = await aTown(t);
  const photos = [];
  for (const colour of ["#111", "#222", "#333", "#444", "#555"])
    photos.push((await send(town, at, await photo(colour).jpeg().toBuffer())).sha256);
  const [whole = "", changed = "", gone = "", swapped = "", cut = ""] = photos;
  assert.deepEqual((await checkFiles(town, () => undefined)).faults, []);
  const pathOf = (sha256: string) => join(folder, town.id, sha256.slice(0, 2), sha256);
  const sealedOf = async (sha256: string) =>
    (await town.db.selectFrom("evidence.original").select("sealed_sha256").where("sha256", "=", sha256).executeTakeFirstOrThrow())
      .sealed_sha256;
  await writeFile(pathOf(changed), "another picture");
  await rm(pathOf(gone));
  await writeFile(pathOf(await sealedOf(swapped)), (await town.blobs.get(town.id, await sealedOf(whole))) ?? "");
  await town.db.deleteFrom("evidence.upload").where("sha256", "=", cut).execute();
  await town.db.deleteFrom("evidence.original").where("sha256", "=", cut).execute();
  await town.db.deleteFrom("evidence.file").where("sha256", "=", cut).execute();
  const { faults } = await checkFiles(town, () => undefined);
  assert.deepEqual(
    new Map(faults.map(({ sha256, what }) => [sha256, what])),
    new Map([
      [changed, "changed"],
      [gone, "missing"],
      [swapped, "original-changed"],
      [cut, "row-missing"],
    ]),
  );
  const other = await photo("#666").jpeg().toBuffer();
  const sealed_sha256 = await town.blobs.put(town.id, sealOriginal(town, whole, other));
  const original_sha256 = createHash("sha256").update(other).digest("hex");
  await town.db.updateTable("evidence.original").set({ sealed_sha256, original_sha256 }).where("sha256", "=", whole).execute();
  const swappedWhole = (await checkFiles(town, () => undefined)).faults.filter(({ sha256 }) => sha256 === whole);
  assert.deepEqual(swappedWhole, [{ sha256: whole, what: "other-in-log" }], "even one sealed again with the right key");
  await forgetPhoto(town, at, { sha256: whole, purpose: DRAFT, officer: null });
  assert.ok(!(await checkFiles(town, () => undefined)).faults.some(({ sha256 }) => sha256 === whole), "what was forgotten is not missing");
});
