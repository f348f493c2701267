import type Sharp from "sharp";
import { LOOK_SIDE, lookIn } from "./look.ts";
import type { Picture } from "./picture.ts";

/* What is done with pictures that `pictureOf` has made harmless, here and in the decoder's process. */

let loaded: Promise<typeof Sharp> | undefined;

// Loading it takes memory and a part of the start: paid by whoever blacks out the first photo.
function loadSharp(): Promise<typeof Sharp> {
  return (loaded ??= import("sharp").then(({ default: sharp }) => {
    sharp.cache(false); // pictures are seen once: a cache would only hold memory
    sharp.concurrency(1);
    return sharp;
  }));
}

const THUMBNAIL_SIDE = 480;

/** A rectangle in hundredths of a picture's width and height. */
type Rectangle = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export async function thumbnailOf(full: Buffer): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(full)
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 74 })
    .toBuffer();
}

/** What a picture looks like (look.ts). */
export async function lookOf(picture: Uint8Array): Promise<string> {
  const sharp = await loadSharp();
  return lookIn(await sharp(picture).greyscale().resize({ width: LOOK_SIDE, height: LOOK_SIDE, fit: "fill" }).raw().toBuffer());
}

/**
 * A copy of one of our own pictures with rectangles painted black, given in hundredths of its width and height; a pixel touched is
 * covered.
 */
export async function blackedOut(bytes: Uint8Array, rectangles: readonly Rectangle[]): Promise<Omit<Picture, "camera">> {
  const sharp = await loadSharp();
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
