import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { refusedWith } from "#test/refused";
import { aTown } from "#test/town";
import type { Town } from "#platform/town";
import { addPhoto } from "./add-photo.ts";
import { BlackOut, blackOut } from "./black-out.ts";
import { checkFiles } from "./check-files.ts";
import { forgetFile } from "./forget-file.ts";
import { openOriginal, sealOriginal } from "./original.ts";
import { findCameras, findFile, readFile } from "./queries.ts";
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
  await forgetFile(town, at, whole, (town) => endUploads(town, null, DRAFT, [whole]));
  assert.ok(!(await checkFiles(town, () => undefined)).faults.some(({ sha256 }) => sha256 === whole), "what was forgotten is not missing");
});
