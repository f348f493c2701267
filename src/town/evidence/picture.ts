import type { Camera } from "./exif.ts";

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
