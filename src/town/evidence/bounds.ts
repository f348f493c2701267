import { HOUR_MS } from "#platform/instant";

const MB = 1024 * 1024;

/** How many photos one report, one note of progress, one draft may carry: at every door, and in its words. */
export const MOST_PHOTOS = 6;

/** Of one document; it is kept as it is, and nothing of it is opened. */
export const DOCUMENT_BYTES = 20 * MB;

/** What the first page of a PDF may cost to draw, besides what bounds a photo: the time in the decoder, and its memory. */
export const PAGE_BOUNDS = {
  /** Of the picture, in pixels; a page thinner than this is none. */
  longestSide: 1200,
  shortestSide: 24,
  /** Texts, lines and pictures on it, and bytes of one text. */
  objects: 50_000,
  longestText: 64 * 1024,
} as const;

/** What WebAssembly may take in the decoder's process, in pages of 64 KiB: a HEIC photo of 50 million pixels fits, a bomb does not. */
export const DECODER_WASM_PAGES = (768 * MB) / (64 * 1024);

/** What photos may cost, before it is paid. Doors say these numbers; nothing is decoded or written beyond them. */
export const PHOTO_BOUNDS = {
  /** Of one photo as it was sent. */
  bytes: 15 * MB,
  /** By its header, before anything is decoded: phones make 108 million; HEIC and AVIF cost ten times as much. */
  pixels: 110_000_000,
  heifPixels: 50_000_000,
  /** Of the pixels unpacked, and of those of an interlaced PNG, which lie in memory whole. */
  decodedBytes: 330_000_000,
  interlacedBytes: 200_000_000,
  /** One photo may take so long in the decoder, HEIC and AVIF longer; then its process is ended. */
  decodeMs: 20_000,
  heicMs: 60_000,
  /** How many photos wait in line for the decoder, of all and of one sender, and how long. */
  queued: 48,
  queuedOfSender: 12,
  queuedMs: 60_000,
  /** Of photos that wait for a report or a problem: of one sender (an officer, or an address), and of a town. */
  waitingBytesOfSender: 150 * MB,
  waitingBytesOfTown: 2048 * MB,
  /** A photo that nothing came to use, and no draft holds any more, is forgotten after so long. */
  waitingMs: 6 * HOUR_MS,
} as const;
