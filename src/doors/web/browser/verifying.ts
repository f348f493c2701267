import { fromBase64 } from "#standards/tlog/base64";
import { parseCheckpoint, type Checkpoint } from "#standards/tlog/checkpoint";
import { decodeEntries } from "#standards/tlog/entries";
import { hexOf, parseNote } from "#standards/tlog/note";
import { consistencySides, inclusionSides } from "#standards/tlog/proof-steps";
import { FULL, tilePath } from "#standards/tlog/tile-path";
import { parseProof } from "#standards/tlog/tlog-proof";
import { keyIdPreimage, LOG_KEY, parseVkey } from "#standards/tlog/vkey";

// Calculates with the browser's own cryptography and nothing that a server says. Runs in Node as it stands, for the tests.

/** What was found. `because` names the sentence the page says; `about` is what it is about, `entry` the text of the leaf it is about. */
export type Verdict = {
  readonly is: "holds" | "fails" | "unreadable" | "unsure";
  readonly because: Because;
  readonly about: string;
  readonly entry?: string;
};
export type Because =
  | "badReceipt"
  | "badLines"
  | "badSignature"
  | "noEd25519"
  | "badProof"
  | "badWords"
  | "badHistory"
  | "longerNotice"
  | "otherLog"
  | "notFound"
  | "noAnswer"
  | "inLog"
  | "allIn"
  | "allButCovered"
  | "badLeaf"
  | "badTree"
  | "whole"
  | "same";

type Bytes = Uint8Array<ArrayBuffer>;

const verdict = (is: Verdict["is"], because: Because, about = ""): Verdict => ({ is, because, about });

/** A proof file, with nothing but the town's keys: the leaf is in it. */
export async function checkReceipt(text: string, vkeys: readonly string[]): Promise<Verdict> {
  const receipt = parseProof(text);
  const entry = receipt?.extra === undefined ? null : Uint8Array.from(receipt.extra);
  const checkpoint = receipt === null ? null : parseCheckpoint(parseNote(receipt.checkpoint)?.text ?? "");
  if (receipt === null || entry === null || checkpoint === null) return verdict("unreadable", "badReceipt");
  const proof = receipt.proof.map((hash) => Uint8Array.from(hash));
  if (!(await isIncluded(entry, receipt.index, checkpoint, proof))) return verdict("fails", "badProof");
  return signedOr(receipt.checkpoint, vkeys, { ...verdict("holds", "inLog"), entry: new TextDecoder().decode(entry) });
}

/** What `/log/problem/NUMBER.json` answers; `next` is the address of the leaves behind these. */
export type ProvenPage = {
  readonly checkpoint: string;
  readonly leaves: readonly {
    readonly leaf: number;
    readonly entry: string;
    readonly proof: readonly string[];
    readonly opening: { readonly [field: string]: { readonly text?: string; readonly salt?: string } };
  }[];
  readonly next: string | null;
};

/** Reads a page at an address of the log; null when there is none. */
export type ReadPage = (address: string) => Promise<ProvenPage | null>;

/** The leaves met so far, and whether words of any of them were covered: of those nothing is left to compare. */
type Met = { readonly leaves: Set<number>; isCovered: boolean };

/** Every leaf of a problem, page by page, and every public word against its commitment. */
export async function checkProblem(read: ReadPage, number: string, vkeys: readonly string[]): Promise<Verdict> {
  const met: Met = { leaves: new Set(), isCovered: false };
  let found = verdict("unsure", "notFound", number);
  for (let next: string | null = `/log/problem/${encodeURIComponent(number)}.json`; next !== null;) {
    const page: ProvenPage | null = await read(next);
    if (page === null) return verdict("unsure", "notFound", number);
    found = await checkPage(page, number, met, vkeys);
    if (found.is === "fails") return found;
    next = page.next;
  }
  return found;
}

/** A page without a leaf of its own would lead on and on. */
async function checkPage(page: ProvenPage, number: string, met: Met, vkeys: readonly string[]): Promise<Verdict> {
  const checkpoint = parseCheckpoint(parseNote(page.checkpoint)?.text ?? "");
  if (checkpoint === null || page.leaves.length === 0) return verdict("fails", "badProof");
  for (const { leaf, entry: encoded, proof: lines, opening } of page.leaves) {
    const [entry, proof] = [fromBase64(encoded), hashesIn(lines)];
    if (entry === null || proof === null || met.leaves.has(leaf) || !(await isIncluded(entry, leaf, checkpoint, proof)))
      return verdict("fails", "badProof", String(leaf));
    met.leaves.add(leaf);
    const told: { readonly subject?: { readonly number?: string }; readonly words?: { readonly [field: string]: string } } = JSON.parse(
      new TextDecoder().decode(entry),
    );
    if (told.subject?.number !== number) return verdict("fails", "badProof", String(leaf));
    for (const [field, { text, salt }] of Object.entries(opening)) {
      if (text === undefined) met.isCovered = true;
      else if (!(await isCommitment(told.words?.[field] ?? "", salt ?? "", text))) return verdict("fails", "badWords", text);
    }
  }
  return signedOr(page.checkpoint, vkeys, verdict("holds", met.isCovered ? "allButCovered" : "allIn", String(met.leaves.size)));
}

/** Three lines from the notice board against the checkpoint of today; `proofOf` fetches the hashes between two sizes. */
export async function checkLines(
  lines: string,
  today: string,
  vkeys: readonly string[],
  proofOf: (earlier: number, size: number) => Promise<readonly string[]>,
): Promise<Verdict> {
  const noticed = parseCheckpoint(
    `${lines
      .trim()
      .split(/\s*\n\s*/)
      .join("\n")}\n`,
  );
  const checkpoint = parseCheckpoint(parseNote(today)?.text ?? "");
  if (noticed === null || noticed.size === 0) return verdict("unsure", "badLines");
  if (checkpoint === null) return verdict("unsure", "noAnswer");
  if (noticed.origin !== checkpoint.origin) return verdict("fails", "otherLog");
  if (noticed.size > checkpoint.size) return verdict("fails", "longerNotice");
  const proof = hashesIn(await proofOf(noticed.size, checkpoint.size));
  if (proof === null || !(await isConsistent(noticed, checkpoint, proof))) return verdict("fails", "badHistory");
  return signedOr(today, vkeys, verdict("holds", "same", String(checkpoint.size)));
}

/** The bytes at a path of the log (`checkpoint`, `tile/entries/000`); null when there are none. */
export type ReadPath = (path: string) => Promise<Bytes | null>;

/**
 * The whole log: every entry hashed again, compared with the hash that is served for it, and all of them with the signed root. What was
 * changed, dropped, put in or moved is found; that nobody else is shown another history only a witness or the notice board can tell.
 */
export async function checkWhole(read: ReadPath, vkeys: readonly string[], progress: (done: number, of: number) => void): Promise<Verdict> {
  const note = await read("checkpoint");
  const text = note === null ? "" : new TextDecoder().decode(note);
  const checkpoint = parseCheckpoint(parseNote(text)?.text ?? "");
  if (checkpoint === null) return verdict("unsure", "noAnswer");
  const roots: Root[] = [];
  for (let index = 0; index * FULL < checkpoint.size; index += 1) {
    const width = Math.min(FULL, checkpoint.size - index * FULL);
    const leaves = await leavesOf(read, index, width);
    if ("is" in leaves) return leaves;
    for (const leaf of leaves) await grow(roots, leaf);
    progress(index * FULL + width, checkpoint.size);
  }
  const root = await joined(roots);
  if (checkpoint.size > 0 && (root === null || hexOf(root) !== hexOf(checkpoint.root))) return verdict("fails", "badTree");
  return signedOr(text, vkeys, verdict("holds", "whole", String(checkpoint.size)));
}

async function leavesOf(read: ReadPath, index: number, width: number): Promise<readonly Bytes[] | Verdict> {
  const [bundle, kept] = await Promise.all([
    read(tilePath({ level: "entries", index, width })),
    read(tilePath({ level: 0, index, width })),
  ]);
  if (bundle === null || kept === null) return verdict("fails", "badLeaf", String(index * FULL));
  const entries = decodeEntries(bundle) ?? [];
  const leaves = await Promise.all(entries.map((entry) => sha256(Uint8Array.of(0, ...entry))));
  for (let i = 0; i < width; i += 1) {
    const leaf = leaves[i];
    if (leaf === undefined || hexOf(leaf) !== hexOf(kept.subarray(i * 32, (i + 1) * 32)))
      return verdict("fails", "badLeaf", String(index * FULL + i));
  }
  return leaves.length === width ? leaves : verdict("fails", "badLeaf", String(index * FULL + width));
}

/** Whole subtrees, the largest first, as RFC 6962 §2.1 builds its tree. */
type Root = { readonly height: number; readonly hash: Bytes };

async function grow(roots: Root[], leaf: Bytes): Promise<void> {
  let [height, hash] = [0, leaf];
  for (let last = roots.at(-1); last?.height === height; last = roots.at(-1)) {
    roots.pop();
    hash = await node(last.hash, hash);
    height += 1;
  }
  roots.push({ height, hash });
}

async function joined(roots: readonly Root[]): Promise<Bytes | null> {
  let right: Bytes | null = null;
  for (const { hash } of roots.toReversed()) right = right === null ? hash : await node(hash, right);
  return right;
}

function hashesIn(lines: readonly string[]): readonly Bytes[] | null {
  const hashes = lines.map(fromBase64);
  return hashes.every((hash) => hash?.length === 32) ? hashes.filter((hash) => hash !== null) : null;
}

async function signedOr(note: string, vkeys: readonly string[], good: Verdict): Promise<Verdict> {
  const signed = await isSigned(note, vkeys);
  if (signed === null) return { ...good, is: "unsure", because: "noEd25519" };
  return signed ? good : verdict("fails", "badSignature");
}

/** Whether one of the keys signed the note; null when this browser has no Ed25519. */
async function isSigned(note: string, vkeys: readonly string[]): Promise<boolean | null> {
  const parsed = parseNote(note);
  for (const text of vkeys) {
    const key = parseVkey(text);
    const claimed = parsed?.signatures.filter(({ name, keyId }) => name === key?.name && keyId === key.keyId) ?? [];
    if (parsed === null || key === null || key.type !== LOG_KEY || claimed.length === 0) continue;
    if (hexOf((await sha256(keyIdPreimage(key.name, key.type, key.publicKey))).slice(0, 4)) !== key.keyId) continue;
    try {
      const publicKey = await crypto.subtle.importKey("raw", key.publicKey, "Ed25519", false, ["verify"]);
      const message = new TextEncoder().encode(parsed.text);
      const good = await Promise.all(claimed.map(({ signature }) => crypto.subtle.verify("Ed25519", publicKey, signature, message)));
      return good.every(Boolean);
    } catch {
      return null;
    }
  }
  return false;
}

async function isIncluded(entry: Bytes, index: number, { size, root }: Checkpoint, proof: readonly Bytes[]): Promise<boolean> {
  const sides = inclusionSides(index, size, proof.length);
  if (sides === null) return false;
  let hash = await sha256(Uint8Array.of(0, ...entry));
  for (const [i, next] of proof.entries()) hash = sides[i] === "left" ? await node(next, hash) : await node(hash, next);
  return hexOf(hash) === hexOf(root);
}

async function isConsistent(earlier: Checkpoint, now: Checkpoint, proof: readonly Bytes[]): Promise<boolean> {
  if (earlier.size === now.size) return proof.length === 0 && hexOf(earlier.root) === hexOf(now.root);
  const steps = consistencySides(earlier.size, now.size, proof.length);
  const [first, ...rest] = steps?.fromRoot === true ? [Uint8Array.from(earlier.root), ...proof] : proof;
  if (steps === null || first === undefined) return false;
  let [before, after] = [first, first];
  for (const [i, next] of rest.entries()) {
    if (steps.sides[i] === "left") [before, after] = [await node(next, before), await node(next, after)];
    else after = await node(after, next);
  }
  return hexOf(before) === hexOf(earlier.root) && hexOf(after) === hexOf(now.root);
}

function node(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(Uint8Array.of(1, ...left, ...right));
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** `hmac-sha256:` and the hex of HMAC-SHA-256 under the salt of the text; events before the public log hold SHA-256(salt ‖ text). */
async function isCommitment(kept: string, salt: string, text: string): Promise<boolean> {
  const bytes = fromBase64(salt);
  if (bytes === null || bytes.length === 0) return false;
  const message = new TextEncoder().encode(text);
  if (kept.startsWith("sha256:")) return kept === `sha256:${hexOf(await sha256(Uint8Array.of(...bytes, ...message)))}`;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return kept === `hmac-sha256:${hexOf(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)))}`;
}
