import { isPosition, type Position } from "#standards/geo/position";

/** What a camera wrote down: null where it does not say, or says it malformed. */
export type Camera = { readonly takenAt: Date | null; readonly position: Position | null };

const NOTHING: Camera = { takenAt: null, position: null };

/**
 * When and where a photo was taken, from the raw Exif block of its file. Reads the Exif and GPS directories alone (JEITA CP-3451C
 * §4.6.5, §4.6.6); every offset is checked, nothing in the block is trusted.
 */
export function readCamera(exif: Uint8Array): Camera {
  const bytes = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength);
  // In JPEG the TIFF header stands behind the marker "Exif\0\0"; PNG and WebP carry it bare.
  const tiff = bytes.subarray(0, 6).equals(EXIF_MARKER) ? bytes.subarray(6) : bytes;
  const order = tiff.subarray(0, 4).toString("latin1");
  if (order !== "II*\0" && order !== "MM\0*") return NOTHING;
  const block: Block = { tiff, little: order.startsWith("II") };
  return { takenAt: orNull(() => below(block, EXIF_POINTER, timeIn)), position: orNull(() => below(block, GPS_POINTER, positionIn)) };
}

/** Null when an offset pointed outside the block. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
}

/** Reads the directory that the first one points to. */
function below<T>(block: Block, pointer: number, read: (block: Block, entries: ReadonlyMap<number, number>) => T | null): T | null {
  const entry = directory(block, u32(block, 4)).get(pointer);
  return entry === undefined ? null : read(block, directory(block, u32(block, entry + 8)));
}

type Block = { readonly tiff: Buffer; readonly little: boolean };

const EXIF_MARKER = Buffer.from("Exif\0\0", "latin1");
const GPS_POINTER = 0x8825;
const EXIF_POINTER = 0x8769;
const TAKEN_AT = 0x9003;
const TAKEN_OFFSET = 0x9011;
/** A camera that does not say its offset is taken to stand in China. */
const CHINA = "+08:00";
const [LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE] = [1, 2, 3, 4] as const;
const [ASCII, RATIONAL] = [2, 5] as const;
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 512;

/** Tag → where its 12-byte entry starts. */
function directory(block: Block, at: number): ReadonlyMap<number, number> {
  const count = Math.min(u16(block, at), MOST_ENTRIES);
  const entries = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * ENTRY_BYTES;
    entries.set(u16(block, entry), entry);
  }
  return entries;
}

/** DateTimeOriginal, `YYYY:MM:DD HH:MM:SS`, with OffsetTimeOriginal where there is one. */
function timeIn(block: Block, exif: ReadonlyMap<number, number>): Date | null {
  const [, year, month, day, clock] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text(block, exif.get(TAKEN_AT), 19)) ?? [];
  const [offset = CHINA] = /^[+-]\d\d:\d\d$/.exec(text(block, exif.get(TAKEN_OFFSET), 6)) ?? [];
  const at = new Date(`${year}-${month}-${day}T${clock}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

function text(block: Block, entry: number | undefined, length: number): string {
  if (entry === undefined || u16(block, entry + 2) !== ASCII) return "";
  const at = u32(block, entry + 8);
  if (at + length > block.tiff.length) throw new RangeError("text outside the block");
  return block.tiff.subarray(at, at + length).toString("latin1");
}

function positionIn(block: Block, gps: ReadonlyMap<number, number>): Position | null {
  const lat = degrees(block, gps.get(LATITUDE), letter(block, gps.get(LATITUDE_REF)), "N", "S");
  const lon = degrees(block, gps.get(LONGITUDE), letter(block, gps.get(LONGITUDE_REF)), "E", "W");
  if (lat === null || lon === null || !isPosition(lon, lat)) return null;
  // Phones without a fix write 0, 0: a point in the Atlantic.
  return lon === 0 && lat === 0 ? null : { lon, lat };
}

function letter(block: Block, entry: number | undefined): string {
  if (entry === undefined || u16(block, entry + 2) !== ASCII) return "";
  return String.fromCharCode(block.tiff.readUInt8(entry + 8)).toUpperCase();
}

/** Three rationals: degrees, minutes, seconds. */
function degrees(block: Block, entry: number | undefined, ref: string, plus: string, minus: string): number | null {
  if (entry === undefined || (ref !== plus && ref !== minus)) return null;
  if (u16(block, entry + 2) !== RATIONAL || u32(block, entry + 4) !== 3) return null;
  const at = u32(block, entry + 8);
  const [d, m, s] = [rational(block, at), rational(block, at + 8), rational(block, at + 16)];
  const value = Math.round((d + m / 60 + s / 3600) * 1e6) / 1e6;
  return ref === minus ? -value : value;
}

function rational(block: Block, at: number): number {
  return u32(block, at) / u32(block, at + 4); // x/0 is not finite: isPosition refuses it
}

function u16({ tiff, little }: Block, at: number): number {
  return little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
}

function u32({ tiff, little }: Block, at: number): number {
  return little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
}
