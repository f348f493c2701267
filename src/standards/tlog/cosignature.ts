import { parseNote, signatureLine } from "./note.ts";
import { checkedVkey, claimedBy, isSignature, keyPair } from "./signer.ts";
import { formatVkey, WITNESS_KEY } from "./vkey.ts";

/** Cosigns checkpoints as a witness does. */
export type WitnessSigner = {
  readonly name: string;
  readonly vkey: string;
  /** The line that says this witness saw this checkpoint at that time, without its newline. */
  cosign(text: string, at: Date): string;
};

/** C2SP tlog-cosignature with Ed25519 (0x04): a timestamp of eight bytes, then the signature. */
export function witnessSigner(name: string, seed: Uint8Array): WitnessSigner {
  const key = keyPair(name, WITNESS_KEY, seed);
  return {
    name,
    vkey: formatVkey(key.vkey),
    cosign(text, at) {
      const seconds = Math.floor(at.getTime() / 1000);
      const signature = new Uint8Array(8 + 64);
      new DataView(signature.buffer).setBigUint64(0, BigInt(seconds));
      signature.set(key.sign(messageOf(text, seconds)), 8);
      return signatureLine({ name, keyId: key.vkey.keyId, signature });
    },
  };
}

/** When this witness says it saw the checkpoint, in seconds since 1970; null when the note holds no valid cosignature of it. */
export function cosignedAt(note: string, vkey: string): number | null {
  const key = checkedVkey(vkey);
  const parsed = parseNote(note);
  if (key === null || key.type !== WITNESS_KEY || parsed === null) return null;
  const [claimed, ...more] = claimedBy(parsed.signatures, key);
  if (claimed === undefined || more.length > 0 || claimed.signature.length !== 72) return null;
  const seconds = Number(new DataView(claimed.signature.buffer).getBigUint64(0));
  if (!Number.isSafeInteger(seconds) || seconds === 0) return null;
  return isSignature(key, messageOf(parsed.text, seconds), claimed.signature.subarray(8)) ? seconds : null;
}

/** What a witness signs. */
export function messageOf(text: string, seconds: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`cosignature/v1\ntime ${seconds}\n${text}`);
}
