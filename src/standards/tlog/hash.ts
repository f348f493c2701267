import { hash } from "node:crypto";
import { consistencySides, inclusionSides } from "./proof-steps.ts";
import { consistencyPath, inclusionPath, rootPath, type Node } from "./tree.ts";

/** The hash of a complete subtree of 2^level leaves. */
export type HashAt = (level: number, index: number) => Uint8Array;

/** The root of no leaves: the hash of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Uint8Array = hash("sha256", "", "buffer");

export const HASH_BYTES = 32;
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 1); // refilled for every node: one thread, no await in between
// A digest asked for as a string and copied costs a quarter of one asked for as a buffer (0.5 µs, 2.1 µs; measured).
const AS_BYTES = "binary";

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return hashLeaves([entry]);
}

/** The hashes of these entries, one behind the other. */
export function hashLeaves(entries: readonly Uint8Array[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * HASH_BYTES);
  for (const [i, entry] of entries.entries()) {
    const prefixed = Buffer.allocUnsafe(entry.length + 1);
    prefixed[0] = 0;
    prefixed.set(entry, 1);
    hashes.write(hash("sha256", prefixed, AS_BYTES), i * HASH_BYTES, AS_BYTES);
  }
  return hashes;
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  NODE.set(left, 1);
  NODE.set(right, 1 + HASH_BYTES);
  return Buffer.from(hash("sha256", NODE, AS_BYTES), AS_BYTES);
}

/** The root over a power of two of hashes that stand one behind the other. */
export function subtreeRoot(hashes: Uint8Array): Uint8Array {
  if (hashes.length < HASH_BYTES) throw new RangeError("couldn't take the root of no hashes");
  const row = Buffer.from(hashes);
  for (let count = row.length / HASH_BYTES; count > 1; count /= 2) {
    for (let i = 0; i < count / 2; i += 1) {
      row.copy(NODE, 1, 2 * i * HASH_BYTES, (2 * i + 2) * HASH_BYTES);
      row.write(hash("sha256", NODE, AS_BYTES), i * HASH_BYTES, AS_BYTES);
    }
  }
  return row.subarray(0, HASH_BYTES);
}

export function rootOf(size: number, hashAt: HashAt): Uint8Array {
  return size === 0 ? EMPTY_ROOT : fold(rootPath(size), hashAt);
}

export function inclusionProof(index: number, size: number, hashAt: HashAt): readonly Uint8Array[] {
  return inclusionPath(index, size).map((node) => fold(node, hashAt));
}

export function consistencyProof(earlier: number, size: number, hashAt: HashAt): readonly Uint8Array[] {
  return consistencyPath(earlier, size).map((node) => fold(node, hashAt));
}

export function isIncluded(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  const sides = inclusionSides(index, size, proof.length);
  if (sides === null || !areHashes([leaf, root, ...proof])) return false;
  const made = proof.reduce((under, next, i) => (sides[i] === "left" ? nodeHash(next, under) : nodeHash(under, next)), leaf);
  return isSame(made, root);
}

export function isConsistent(
  earlier: number,
  earlierRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!areHashes([earlierRoot, root, ...proof])) return false;
  if (earlier === size) return proof.length === 0 && isSame(earlierRoot, root);
  const steps = consistencySides(earlier, size, proof.length);
  const [first, ...rest] = steps?.fromRoot === true ? [earlierRoot, ...proof] : proof;
  if (steps === null || first === undefined) return false;
  let [before, now] = [first, first];
  for (const [i, next] of rest.entries()) {
    if (steps.sides[i] === "left") [before, now] = [nodeHash(next, before), nodeHash(next, now)];
    else now = nodeHash(now, next);
  }
  return isSame(before, earlierRoot) && isSame(now, root);
}

function fold(node: Node, hashAt: HashAt): Uint8Array {
  return node.map(({ level, index }) => hashAt(level, index)).reduceRight((under, left) => nodeHash(left, under));
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(({ length }) => length === HASH_BYTES);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
