const MOST_BYTES_A_UNIT = 3;
let room = Buffer.alloc(0);

/**
 * A long text in UTF-8. `Buffer.from` measures a text before it writes it; written at once into the most room it can take and copied from
 * there, 34 KB of Chinese markup cost 33 µs instead of 53 (measured). The room is kept: as large as the longest text so far.
 */
export function utf8(text: string): Buffer<ArrayBuffer> {
  const most = text.length * MOST_BYTES_A_UNIT;
  if (room.length < most) room = Buffer.allocUnsafeSlow(most);
  return Buffer.copyBytesFrom(room, 0, room.write(text));
}
