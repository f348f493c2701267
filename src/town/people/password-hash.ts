import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** What a hash costs (RFC 7914 §2): 128·r·2^ln bytes of memory, walked through p times. */
type Cost = { readonly ln: number; readonly r: number; readonly p: number };

/** 32 MB and about 80 ms. */
const COST: Cost = { ln: 14, r: 16, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** `$scrypt$ln=14,r=16,p=1$<salt>$<key>`: the PHC string format, which carries its own cost, so that a dearer one can follow. */
const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** As hashes were kept before: salt and key in hexadecimal; the salt's letters were the salt. */
const BEFORE = /^([0-9a-f]{32}):([0-9a-f]{128})$/;
const COST_BEFORE: Cost = { ln: 14, r: 16, p: 1 };

/** A hash of the password under a salt of its own. Outside the event loop. */
export async function makeHash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(password, salt, COST, KEY_BYTES);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(key)}`;
}

/** Whether it is the password of the hash, of today's or the earlier form. */
export async function isOfHash(hash: string, password: string): Promise<boolean> {
  const { salt, key, cost } = partsOf(hash);
  return timingSafeEqual(await keyOf(password, salt, cost, key.length), key);
}

type Parts = { readonly salt: Buffer; readonly key: Buffer; readonly cost: Cost };

function partsOf(hash: string): Parts {
  const [, ln, r, p, salt, key] = PHC.exec(hash) ?? [];
  if (salt !== undefined && key !== undefined)
    return { salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64"), cost: { ln: Number(ln), r: Number(r), p: Number(p) } };
  const [, letters, hex] = BEFORE.exec(hash) ?? [];
  if (letters === undefined || hex === undefined) throw new Error("couldn't read a password's hash: of no known form");
  return { salt: Buffer.from(letters), key: Buffer.from(hex, "hex"), cost: COST_BEFORE };
}

/** The same password however its letters were composed. */
function keyOf(password: string, salt: Buffer, { ln, r, p }: Cost, bytes: number): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 128 * r * (2 ** ln + p + 2) };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(password.normalize("NFKC"), salt, bytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  return promise;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
