import sharp, { type Metadata } from "sharp";
import type { Position } from "#standards/geo/position";
import { Refusal } from "#refusals";
import { exifPosition } from "./exif-position.ts";

/** A photo made harmless: turned upright, no larger than a screen needs, without a single byte of metadata. */
export type Picture = {
  readonly full: Buffer;
  readonly thumbnail: Buffer;
  readonly width: number;
  readonly height: number;
  /** Where the original says it was taken; kept nowhere. */
  readonly position: Position | null;
};

export const LARGEST_PHOTO_BYTES = 15 * 1024 * 1024;
export const PHOTO_MEDIA_TYPE = "image/jpeg";

// A file of a few kilobytes can unfold to gigabytes: refused by the header, before anything is decoded.
const MOST_PIXELS = 64_000_000;
const LONGEST_SIDE = 1920;
const THUMBNAIL_SIDE = 480;
// What phones and browsers send. SVG, PDF and the rest of what the decoder knows stay outside.
const ACCEPTED: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif", "heif"]);

sharp.cache(false); // pictures are seen once: a cache would only hold memory
sharp.concurrency(1);

/** Reads by content, never by name or declared type. Refusals: file/too-large, file/not-an-image. */
export async function pictureOf(bytes: Uint8Array): Promise<Picture> {
  if (bytes.byteLength > LARGEST_PHOTO_BYTES) throw new Refusal("file/too-large");
  const metadata = await readHeader(bytes);
  if (!ACCEPTED.has(metadata.format)) throw new Refusal("file/not-an-image");
  if (metadata.width * metadata.height > MOST_PIXELS) throw new Refusal("file/too-large");
  const position = metadata.exif === undefined ? null : exifPosition(metadata.exif);
  return { ...(await reencoded(bytes)), position };
}

async function readHeader(bytes: Uint8Array): Promise<Metadata> {
  try {
    // The limit is ours to word, so the header is read without it; nothing is decoded here.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw new Refusal("file/not-an-image");
  }
}

// sharp writes no metadata unless asked to keep it; colours are converted to sRGB, transparency is laid on white paper.
async function reencoded(bytes: Uint8Array): Promise<Omit<Picture, "position">> {
  try {
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true });
    const { data: full, info } = await upright.jpeg({ quality: 80, progressive: true }).toBuffer({ resolveWithObject: true });
    const thumbnail = await sharp(full)
      .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 74 })
      .toBuffer();
    return { full, thumbnail, width: info.width, height: info.height };
  } catch {
    throw new Refusal("file/not-an-image"); // a header without its picture: cut short, or never one
  }
}
