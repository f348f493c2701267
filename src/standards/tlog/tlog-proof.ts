import { fromBase64, toBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";
import { MOST_PROOF_LINES, readHashes } from "./witness-request.ts";

/** A receipt, C2SP tlog-proof@v1: enough to check one leaf with nothing but keys one trusts. */
export type TlogProof = {
  /** Not covered by the proof by itself; ours is the leaf's own bytes, which are. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
};

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

export function formatProof({ extra, index, proof, checkpoint }: TlogProof): string {
  const lines = [FIRST_LINE, ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]), `index ${index}`, ...proof.map(toBase64)];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** Null for anything that is not written exactly so. */
export function parseProof(text: string): TlogProof | null {
  const end = text.indexOf("\n\n");
  if (end < 0) return null;
  const [first, ...lines] = text.slice(0, end).split("\n");
  if (first !== FIRST_LINE) return null;
  const extra = lines[0]?.startsWith("extra ") === true ? fromBase64(lines.shift()?.slice("extra ".length) ?? "") : undefined;
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? readDecimal(indexLine.slice("index ".length)) : null;
  const proof = readHashes(lines);
  if (extra === null || index === null || proof === null || proof.length > MOST_PROOF_LINES) return null;
  return { ...(extra === undefined ? {} : { extra }), index, proof, checkpoint: text.slice(end + 2) };
}
