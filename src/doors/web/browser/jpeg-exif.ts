const START = 0xffd8;
const APP1 = 0xffe1;
const SCAN = 0xffda;
const ORIENTATION = 0x0112;

/** The Exif segment of a JPEG, marker included; null when it has none. */
export function exifOf(jpeg: Uint8Array): Uint8Array | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== START) return null;
  for (let at = 2; at + 10 < view.byteLength;) {
    const marker = view.getUint16(at);
    if (marker === SCAN || marker >> 8 !== 0xff) return null;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966 && end <= view.byteLength) return jpeg.slice(at, end);
    at = end;
  }
  return null;
}

/** The same JPEG with this Exif segment right after its start. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const joined = new Uint8Array(jpeg.length + exif.length);
  joined.set(jpeg.subarray(0, 2));
  joined.set(exif, 2);
  joined.set(jpeg.subarray(2), 2 + exif.length);
  return joined;
}

/** Says "upright" in the segment's own orientation tag: for a picture that was already turned. */
export function upright(exif: Uint8Array): Uint8Array {
  const turned = new Uint8Array(exif);
  const view = new DataView(turned.buffer);
  const tiff = 10; // marker, length, "Exif\0\0"
  if (view.byteLength < tiff + 10) return turned;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > view.byteLength) return turned;
  const count = view.getUint16(directory, little);
  for (let position = 0; position < count; position++) {
    const entry = directory + 2 + position * 12;
    if (entry + 12 > view.byteLength) break;
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
  }
  return turned;
}
