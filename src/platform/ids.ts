import { randomBytes } from "node:crypto";

const COUNTER_BITS = 26;
let counter = randomBytes(4).readUInt32BE() >>> (33 - COUNTER_BITS);

/** The lowest id that something of this moment can have: ids begin with their milliseconds (UUIDv7). */
export function lowestIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * A UUIDv7 (RFC 9562 §5.7) for an instant. Ids made in this process for the same millisecond keep their order, also when other
 * instants come between them: a counter of 26 bits runs through rand_a and the head of rand_b (§6.2, method 1), 48 bits stay random.
 */
export function newId(at: Date): string {
  counter = (counter + 1) % 2 ** COUNTER_BITS;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter >>> 14), 6);
  bytes.writeUInt16BE(0x8000 | (counter & 0x3fff), 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
