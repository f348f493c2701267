import { fromBase64, toBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";

/** The body of C2SP tlog-witness `add-checkpoint`. */
export type AddCheckpoint = {
  /** Of the tree that the witness saw last. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
};

export const MOST_PROOF_LINES = 63;

export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${checkpoint}`;
}

/** Null for anything that is not written exactly so. */
export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const end = body.indexOf("\n\n");
  if (end < 0) return null;
  const [first = "", ...lines] = body.slice(0, end).split("\n");
  const oldSize = first.startsWith("old ") ? readDecimal(first.slice("old ".length)) : null;
  const proof = readHashes(lines);
  if (oldSize === null || proof === null || proof.length > MOST_PROOF_LINES) return null;
  return { oldSize, proof, checkpoint: body.slice(end + 2) };
}

/** One hash of 32 bytes a line; null when one is not. */
export function readHashes(lines: readonly string[]): readonly Uint8Array<ArrayBuffer>[] | null {
  const hashes: Uint8Array<ArrayBuffer>[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return null;
    hashes.push(hash);
  }
  return hashes;
}
