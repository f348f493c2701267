import sharp, { type Metadata, type Sharp } from "sharp";
import { Refusal, refuse, type RefusalCode } from "#refusals";
import { PHOTO_BOUNDS } from "./bounds.ts";
import { lookOf } from "./look.ts";
import { readCamera, type Camera } from "./exif.ts";
import { readHeic } from "./heic.ts";
import { kindOf, withoutExtras, type Kind } from "./without-extras.ts";

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

export const PHOTO_MEDIA_TYPE = "image/jpeg";

const LONGEST_SIDE = 1920;
const THUMBNAIL_SIDE = 480;

sharp.cache(false); // pictures are seen once: a cache would only hold memory
sharp.concurrency(1);

/**
 * Reads by content, never by name or declared type; what it would cost is judged by the header, before anything is decoded.
 * Refusals: file/too-large, file/not-an-image, file/too-many-pixels, file/too-heavy, file/heic-unreadable.
 */
export async function pictureOf(sent: Uint8Array): Promise<Picture> {
  if (sent.byteLength > PHOTO_BOUNDS.bytes) throw new Refusal("file/too-large");
  const kind = kindOf(sent);
  if (kind === null) throw new Refusal("file/not-an-image");
  const bytes = withoutExtras(kind, sent);
  const header = await readHeader(kind, bytes);
  refuse(whyNotDecode(header));
  const camera = header.exif === undefined ? { takenAt: null, position: null } : readCamera(header.exif);
  const opened = header.compression === "hevc" ? await openHeic(bytes) : open(bytes);
  return { ...(await reencoded(opened)), camera };
}

type Header = Pick<Metadata, "format" | "width" | "height" | "channels" | "depth" | "isProgressive" | "exif" | "compression">;

async function readHeader(kind: Kind, bytes: Uint8Array): Promise<Header> {
  try {
    // The limit is ours to word, so the header is read without it; nothing is decoded here.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw new Refusal(kind === "heif" ? "file/heic-unreadable" : "file/not-an-image");
  }
}

/** Why a picture would cost too much to decode, by what its header says; null when it would not. */
export function whyNotDecode({ format, width, height, channels, depth, isProgressive }: Header): RefusalCode | null {
  const pixels = width * height;
  if (pixels > (format === "heif" ? PHOTO_BOUNDS.heifPixels : PHOTO_BOUNDS.pixels)) return "file/too-many-pixels";
  const decoded = pixels * channels * (BYTES_OF_DEPTH[depth] ?? 4);
  // Interlaced, a PNG lies in memory whole before its first line is known.
  const most = format === "png" && isProgressive ? PHOTO_BOUNDS.interlacedBytes : PHOTO_BOUNDS.decodedBytes;
  return decoded > most ? "file/too-heavy" : null;
}

const BYTES_OF_DEPTH: { readonly [depth: string]: number } = { uchar: 1, char: 1, ushort: 2, short: 2 };

/** What can be decoded is shown: a photo cut short on its way is a part of a photo, not nothing. */
function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: PHOTO_BOUNDS.pixels, failOn: "none" }).autoOrient();
}

async function openHeic(bytes: Uint8Array): Promise<Sharp> {
  const pixels = await readHeic(bytes);
  if (pixels === null) throw new Refusal("file/heic-unreadable");
  const { data, width, height } = pixels;
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: PHOTO_BOUNDS.heifPixels });
}

// sharp writes no metadata unless asked to keep it; colours are converted to sRGB, transparency is laid on white paper.
async function reencoded(opened: Sharp): Promise<Omit<Picture, "camera">> {
  try {
    const upright = opened
      .flatten({ background: "#ffffff" })
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true });
    const { data: full, info } = await upright.jpeg({ quality: 80, progressive: true }).toBuffer({ resolveWithObject: true });
    return { full, thumbnail: await thumbnailOf(full), look: await lookOf(full), width: info.width, height: info.height };
  } catch {
    throw new Refusal("file/not-an-image"); // a header without its picture
  }
}

async function thumbnailOf(full: Buffer): Promise<Buffer> {
  return sharp(full)
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 74 })
    .toBuffer();
}

/**
 * A copy of one of our own pictures with rectangles painted black, given in hundredths of its width and height; a pixel touched is
 * covered.
 */
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
