import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { readCamera } from "#evidence/exif";
import { exifOf, upright, withExif } from "./jpeg-exif.ts";

const PLACE = { GPSLatitudeRef: "N", GPSLatitude: "27/1 48/1 3672/100", GPSLongitudeRef: "E", GPSLongitude: "114/1 23/1 2436/100" };

function aPicture(width: number) {
  return sharp({ create: { width, height: 40, channels: 3, background: "#7a8a6a" } }).jpeg();
}

test("a photo made smaller in the browser still says where it was taken, and is not turned twice", async () => {
  const original = await aPicture(80)
    .withMetadata({ orientation: 6, exif: { IFD3: PLACE } })
    .toBuffer();
  const exif = exifOf(original);
  assert.ok(exif);
  const smaller = withExif(await aPicture(20).toBuffer(), upright(exif));
  const read = await sharp(smaller).metadata();
  assert.deepEqual([read.width, read.orientation], [20, 1]);
  assert.ok(read.exif);
  const position = readCamera(read.exif).position;
  assert.ok(position !== null && Math.abs(position.lat - 27.8102) < 1e-4 && Math.abs(position.lon - 114.3901) < 1e-4);
});

test("a photo without Exif, and what is no JPEG at all, has none", async () => {
  assert.equal(exifOf(await aPicture(20).toBuffer()), null);
  for (const bytes of ["", "\xff\xd8", "\xff\xd8\xff\xe1\xff\xff", "GIF89a", "\xff\xd8\xff\xe1\x00\x00Exif"])
    assert.equal(exifOf(Buffer.from(bytes, "latin1")), null);
});

test("a broken Exif segment is left as it is", () => {
  const broken = Buffer.from("\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff", "latin1");
  assert.deepEqual(Buffer.from(upright(new Uint8Array(broken))), broken);
});
