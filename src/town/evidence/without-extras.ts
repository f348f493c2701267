/** What phones and browsers send, told by its first bytes. */
export type Kind = "jpeg" | "png" | "gif" | "webp" | "heif";

/** Null for everything else: SVG, PDF, TIFF and the rest of what the decoder knows never come near it. */
export function kindOf(bytes: Uint8Array): Kind | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12)).toString("latin1");
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith(PNG_SIGNATURE)) return "png";
  if (start.startsWith("GIF8")) return "gif";
  if (start.startsWith("RIFF") && start.endsWith("WEBP")) return "webp";
  return start.slice(4, 8) === "ftyp" ? "heif" : null;
}

const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";
/** Of what is kept beside the picture: an Exif block never needs more, nor does a colour profile. */
const MOST_EXTRA_BYTES = 1024 * 1024;

/**
 * The picture without what may stand around it: megabytes of texts, thumbnails and foreign blocks cost seconds to read (14 MB of text
 * chunks: 4.6 s of a core, measured) and say nothing that is used. Exif and colours stay. Malformed, it is left as it is.
 */
export function withoutExtras(kind: Kind, bytes: Uint8Array): Uint8Array {
  if (kind === "png") return kept(bytes, pngParts(bytes));
  return kind === "jpeg" ? kept(bytes, jpegParts(bytes)) : bytes;
}

/** A stretch of bytes; `extra` is not the picture, and bounded. */
type Part = { readonly from: number; readonly to: number; readonly extra: boolean };

function kept(bytes: Uint8Array, parts: readonly Part[] | null): Uint8Array {
  if (parts === null) return bytes;
  let extra = 0;
  const stays = parts.filter((part) => !part.extra || (extra += part.to - part.from) <= MOST_EXTRA_BYTES);
  return Buffer.concat(stays.map(({ from, to }) => bytes.subarray(from, to)));
}

// PNG (W3C) §5.3: length, type, data, CRC. Everything that is not named here is left out.
const PICTURE_CHUNKS: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
const EXTRA_CHUNKS: ReadonlySet<string> = new Set(["gAMA", "cHRM", "sRGB", "iCCP", "eXIf"]);

function pngParts(bytes: Uint8Array): readonly Part[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Part[] = [{ from: 0, to: 8, extra: false }];
  for (let at = 8; at + 8 <= view.length;) {
    const to = Math.min(view.length, at + 12 + view.readUInt32BE(at));
    const type = view.toString("latin1", at + 4, at + 8);
    if (PICTURE_CHUNKS.has(type)) append(parts, { from: at, to, extra: false });
    else if (EXTRA_CHUNKS.has(type)) append(parts, { from: at, to, extra: true });
    at = to;
  }
  return parts;
}

/** A million empty chunks in a row are one part. */
function append(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  if (last !== undefined && last.to === part.from && !last.extra && !part.extra) parts[parts.length - 1] = { ...last, to: part.to };
  else parts.push(part);
}

const [START_OF_SCAN, APP0, APP1, APP2, APP14, APP15, COMMENT] = [0xda, 0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe] as const;
const EXTRA_SEGMENTS: ReadonlySet<number> = new Set([APP0, APP1, APP2, APP14]);

/** ISO/IEC 10918-1 §B.1.1: segments up to the first scan; what follows it is the picture. Null when it is not made so. */
function jpegParts(bytes: Uint8Array): readonly Part[] | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Part[] = [{ from: 0, to: 2, extra: false }];
  for (let at = 2; at + 4 <= view.length;) {
    const marker = view[at + 1] ?? 0;
    if (view[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return [...parts, { from: at, to: view.length, extra: false }];
    const to = at + 2 + view.readUInt16BE(at + 2);
    if (to > view.length) return null;
    const foreign = marker === COMMENT || (marker >= APP0 && marker <= APP15);
    if (!foreign) append(parts, { from: at, to, extra: false });
    else if (EXTRA_SEGMENTS.has(marker)) parts.push({ from: at, to, extra: true });
    at = to;
  }
  return null;
}
