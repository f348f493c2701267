import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { cosignedAt, witnessSigner } from "./cosignature.ts";
import { decodeEntries, encodeEntries } from "./entries.ts";
import { isIncluded, leafHash, nodeHash } from "./hash.ts";
import { formatNote, parseNote } from "./note.ts";
import { checkedVkey, isSignedBy, logSigner } from "./signer.ts";
import { parseTilePath, tilePath } from "./tile-path.ts";
import { formatProof, parseProof } from "./tlog-proof.ts";
import { formatAddCheckpoint, parseAddCheckpoint } from "./witness-request.ts";

/** Mulberry32: the same inputs in every run, so that a failure can be looked at again. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = numbersFrom(20_260_728);
const below = (count: number) => Math.floor(random() * count);
const SPLICES = ["\n", "\n\n", " ", "—", "+", "=", "0", "9", "-", "\0", "\ud800", "x", "/", ".p/", "old ", "index ", "extra "];

/** The text with one thing about it changed; never the same text. */
function mutated(text: string): string {
  for (;;) {
    const at = below(text.length + 1);
    const lines = text.split("\n");
    const line = below(lines.length);
    const changed = [
      () => text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1),
      () => text.slice(0, at) + (SPLICES[below(SPLICES.length)] ?? "") + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + below(8)),
      () => text.slice(0, at),
      () => lines.toSpliced(line, 1).join("\n"),
      () => lines.toSpliced(line, 0, lines[below(lines.length)] ?? "").join("\n"),
      () => lines.with(line, lines[below(lines.length)] ?? "").join("\n"),
    ][below(7)]?.();
    if (changed !== undefined && changed !== text) return changed;
  }
}

const log = logSigner("shili.example/log", Buffer.alloc(32, 1));
const witness = witnessSigner("linzhen.example/witness", Buffer.alloc(32, 2));
const entries = [Buffer.from('{"leaf":0}'), Buffer.from('{"leaf":1}')];
const [left, right] = entries.map(leafHash);
const root = nodeHash(left ?? Buffer.of(), right ?? Buffer.of());
const text = formatCheckpoint({ origin: log.name, size: 2, root });
const note = formatNote(text, [log.sign(text), witness.cosign(text, new Date("2026-07-28T01:00:00Z"))]);
const receipt = formatProof({ extra: entries[1] ?? Buffer.of(), index: 1, proof: [left ?? Buffer.of()], checkpoint: note });
const request = formatAddCheckpoint({ oldSize: 1, proof: [root], checkpoint: note });

const EACH = 20_000;

test(`${EACH} changed notes: none verifies for another text, none throws`, () => {
  for (let i = 0; i < EACH; i += 1) {
    const changed = mutated(note);
    const parsed = parseNote(changed);
    if (parsed === null) continue;
    // A signature line may be taken away or doubled; the text that was signed may not change.
    if (parsed.text !== text) {
      assert.ok(!isSignedBy(changed, log.vkey), changed);
      assert.equal(cosignedAt(changed, witness.vkey), null, changed);
      parseCheckpoint(parsed.text);
    }
  }
});

test(`${EACH} changed receipts: none proves another leaf`, () => {
  for (let i = 0; i < EACH; i += 1) {
    const parsed = parseProof(mutated(receipt));
    const checkpoint = parsed === null ? null : parseCheckpoint(parseNote(parsed.checkpoint)?.text ?? "");
    if (parsed?.extra === undefined || checkpoint === null) continue;
    const proves =
      isIncluded(leafHash(parsed.extra), parsed.index, checkpoint.size, parsed.proof, checkpoint.root) &&
      isSignedBy(parsed.checkpoint, log.vkey);
    if (proves) assert.deepEqual([Buffer.from(parsed.extra).toString(), parsed.index, checkpoint.size], ['{"leaf":1}', 1, 2]);
  }
});

test(`${EACH} changed witness requests: read only where they are written as they should be`, () => {
  for (let i = 0; i < EACH; i += 1) {
    const changed = mutated(request);
    const parsed = parseAddCheckpoint(changed);
    if (parsed !== null) assert.equal(formatAddCheckpoint(parsed), changed);
  }
});

test(`${EACH} changed bundles of entries and ${EACH} changed paths: read only in the one way they are written`, () => {
  const bundle = Buffer.from(encodeEntries(entries));
  for (let i = 0; i < EACH; i += 1) {
    const changed = Buffer.from(bundle.subarray(0, below(bundle.length + 1)));
    if (changed.length > 0) changed[below(changed.length)] = below(256);
    const read = decodeEntries(changed);
    if (read !== null) assert.deepEqual(Buffer.from(encodeEntries(read)), changed);
    const path = mutated(tilePath({ level: below(6), index: below(5_000_000), width: 1 + below(256) }));
    const tile = parseTilePath(path);
    if (tile !== null) assert.equal(tilePath(tile), path);
  }
});

test(`${EACH} changed keys: none is taken for a key`, () => {
  for (let i = 0; i < EACH; i += 1) {
    const changed = mutated(log.vkey);
    assert.equal(checkedVkey(changed), null, changed);
    assert.ok(!isSignedBy(note, changed));
  }
});
