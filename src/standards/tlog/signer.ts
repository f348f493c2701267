import { createPrivateKey, createPublicKey, hash, sign, verify } from "node:crypto";
import { hexOf, parseNote, signatureLine, type Signature } from "./note.ts";
import { formatVkey, keyIdPreimage, LOG_KEY, parseVkey, type Vkey } from "./vkey.ts";

/** Signs notes as a log does. */
export type Signer = {
  readonly name: string;
  readonly vkey: string;
  /** The signature line of this text, without its newline. */
  sign(text: string): string;
};

// RFC 8410: what stands before the 32 bytes of an Ed25519 key.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** The signer of a log by this name, from the 32 bytes of its private key (RFC 8032). */
export function logSigner(name: string, seed: Uint8Array): Signer {
  const key = keyPair(name, LOG_KEY, seed);
  return {
    name,
    vkey: formatVkey(key.vkey),
    sign: (text) => signatureLine({ name, keyId: key.vkey.keyId, signature: key.sign(new TextEncoder().encode(text)) }),
  };
}

type KeyPair = { readonly vkey: Vkey; sign(message: Uint8Array): Uint8Array<ArrayBuffer> };

export function keyPair(name: string, type: number, seed: Uint8Array): KeyPair {
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = Uint8Array.from(createPublicKey(secret).export({ format: "der", type: "spki" }).subarray(SPKI.length));
  return {
    vkey: { name, keyId: keyId(name, type, publicKey), type, publicKey },
    sign: (message) => Uint8Array.from(sign(null, message, secret)),
  };
}

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), its first four bytes, in hexadecimal. */
export function keyId(name: string, type: number, publicKey: Uint8Array): string {
  return hexOf(hash("sha256", keyIdPreimage(name, type, publicKey), "buffer").subarray(0, 4));
}

/** A verifier key whose id is its own; null for anything else. */
export function checkedVkey(text: string): Vkey | null {
  const vkey = parseVkey(text);
  return vkey !== null && keyId(vkey.name, vkey.type, vkey.publicKey) === vkey.keyId ? vkey : null;
}

/** Whether a note carries this log's signature; a line that claims to be its and is not makes the whole note worthless. */
export function isSignedBy(note: string, vkey: string): boolean {
  const key = checkedVkey(vkey);
  const parsed = parseNote(note);
  if (key === null || key.type !== LOG_KEY || parsed === null) return false;
  const claimed = claimedBy(parsed.signatures, key);
  const text = new TextEncoder().encode(parsed.text);
  return claimed.length > 0 && claimed.every(({ signature }) => isSignature(key, text, signature));
}

export function claimedBy(signatures: readonly Signature[], { name, keyId }: Vkey): readonly Signature[] {
  return signatures.filter((signature) => signature.name === name && signature.keyId === keyId);
}

export function isSignature({ publicKey }: Vkey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return verify(null, message, createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" }), signature);
  } catch {
    return false; // 32 bytes that are no point of the curve
  }
}
