import sharp, { type Metadata, type Sharp } from "sharp";
import { Refusal, refuse, type RefusalCode } from "#refusals";
import { PHOTO_BOUNDS } from "./bounds.ts";
import { drawFirstPage } from "./draw-page.ts";
import { readCamera } from "./exif.ts";
import { readHeic } from "./heic.ts";
import { lookOf, thumbnailOf } from "./own-picture.ts";
import type { Picture } from "./picture.ts";
import { kindOf, withoutExtras, type Kind } from "./without-extras.ts";

const LONGEST_SIDE = 1920;

sharp.cache(false); // pictures are seen once: a cache would only hold memory
sharp.concurrency(1);

/**
 * The photo that somebody sent, made harmless; only the decoder's own process comes here. Reads by content, never by name or declared type;
 * what it would cost is judged by the header, before anything is decoded.
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

/**
 * The first page of a PDF as a picture, within the same process and bounds. Refusals: document/unreadable, document/locked,
 * document/fonts-missing, file/too-heavy.
 */
export async function firstPageOf(pdf: Uint8Array): Promise<Picture> {
  const { data, width, height } = await drawFirstPage(pdf);
  const picture = await reencoded(sharp(data, { raw: { width, height, channels: 4 } }));
  return { ...picture, camera: { takenAt: null, position: null } };
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
