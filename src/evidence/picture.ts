import sharp, { type Metadata } from "sharp";
import { Refusal } from "#refusals";
import { lookOf } from "./look.ts";
import { readCamera, type Camera } from "./exif.ts";

/** A rectangle in hundredths of a picture's width and height. */
type Rectangle = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** A photo made harmless: turned upright, no larger than a screen needs, without a single byte of metadata. */
export type Picture = {
  readonly full: Buffer;
  readonly thumbnail: Buffer;
  readonly width: number;
  readonly height: number;
  /** What it looks like (look.ts). */
  readonly look: string;
  /** When and where the original says it was taken. */
  readonly camera: Camera;
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
  const camera = metadata.exif === undefined ? { takenAt: null, position: null } : readCamera(metadata.exif);
  return { ...(await reencoded(bytes)), camera };
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
async function reencoded(bytes: Uint8Array): Promise<Omit<Picture, "camera">> {
  try {
    const upright = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
      .autoOrient()
      .flatten({ background: "#ffffff" })
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true });
    const { data: full, info } = await upright.jpeg({ quality: 80, progressive: true }).toBuffer({ resolveWithObject: true });
    return { full, thumbnail: await thumbnailOf(full), look: await lookOf(full), width: info.width, height: info.height };
  } catch {
    throw new Refusal("file/not-an-image"); // a header without its picture: cut short, or never one
  }
}

async function thumbnailOf(full: Buffer): Promise<Buffer> {
  return sharp(full)
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 74 })
    .toBuffer();
}

/** A copy of one of our own pictures with rectangles painted black, given in hundredths of its width and height; a pixel touched is covered. */
export async function blackedOut(bytes: Uint8Array, rectangles: readonly Rectangle[]): Promise<Omit<Picture, "camera">> {
  const { width, height } = await sharp(bytes).metadata();
  const boxes = rectangles.map((rectangle) => {
    const [left, top] = [Math.floor((rectangle.left * width) / 100), Math.floor((rectangle.top * height) / 100)];
    const right = Math.min(width, Math.ceil(((rectangle.left + rectangle.width) * width) / 100));
    const bottom = Math.min(height, Math.ceil(((rectangle.top + rectangle.height) * height) / 100));
    const size = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    return {
      input: { create: { ...size, channels: 3 as const, background: "#000000" } },
      left: Math.min(left, width - 1),
      top: Math.min(top, height - 1),
    };
  });
  const full = await sharp(bytes).composite(boxes).jpeg({ quality: 80, progressive: true }).toBuffer();
  return { full, thumbnail: await thumbnailOf(full), look: await lookOf(full), width, height };
}
