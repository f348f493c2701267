import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { cosignedAt, witnessSigner } from "./cosignature.ts";
import { decodeEntries, encodeEntries } from "./entries.ts";
import { formatNote, parseNote } from "./note.ts";
import { checkedVkey, isSignedBy, logSigner } from "./signer.ts";
import { formatProof, parseProof } from "./tlog-proof.ts";
import { formatAddCheckpoint, parseAddCheckpoint } from "./witness-request.ts";

// The example of C2SP signed-note (and of golang.org/x/mod/sumdb/note).
const EXAMPLE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const EXAMPLE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

test("the example of the specification verifies, and nothing changed about it does", () => {
  assert.ok(isSignedBy(EXAMPLE, EXAMPLE_KEY));
  assert.ok(!isSignedBy(EXAMPLE.replace("answer", "Answer"), EXAMPLE_KEY));
  assert.ok(!isSignedBy(EXAMPLE.replace("x08go/ZJ", "x08go/ZK"), EXAMPLE_KEY));
  assert.ok(!isSignedBy(EXAMPLE, EXAMPLE_KEY.replace("c74f20a3", "c74f20a4")));
  assert.equal(checkedVkey(EXAMPLE_KEY)?.name, "PeterNeumann");
});

const root = Buffer.alloc(32, 5);
const log = logSigner("shili.example/log", Buffer.alloc(32, 1));
const text = formatCheckpoint({ origin: log.name, size: 17, root });
const note = formatNote(text, [log.sign(text)]);

test("a checkpoint is signed, read and cosigned", () => {
  assert.ok(isSignedBy(note, log.vkey));
  assert.deepEqual(parseCheckpoint(parseNote(note)?.text ?? ""), { origin: log.name, size: 17, root: Uint8Array.from(root) });
  const witness = witnessSigner("linzhen.example/witness", Buffer.alloc(32, 2));
  const at = new Date("2026-07-28T01:00:00Z");
  const cosigned = `${note}${witness.cosign(text, at)}\n`;
  assert.ok(isSignedBy(cosigned, log.vkey));
  assert.equal(cosignedAt(cosigned, witness.vkey), at.getTime() / 1000);
  assert.equal(cosignedAt(cosigned.replace("\n17\n", "\n18\n"), witness.vkey), null);
  assert.equal(cosignedAt(note, witness.vkey), null);
  assert.equal(cosignedAt(cosigned, log.vkey), null);
});

test("a line that claims the log's key and is not its signature makes the note worthless", () => {
  const forged = log.sign(`${text}x`);
  assert.ok(!isSignedBy(formatNote(text, [log.sign(text), forged]), log.vkey));
});

for (const [what, wrong] of [
  ["no blank line", text],
  ["no last newline", note.slice(0, -1)],
  ["a carriage return", note.replace("\n", "\r\n")],
  ["a lone surrogate", note.replace("shili", "\ud800")],
  ["a signature too short", `${text}\n— a AAAA\n`],
  ["base64 that is not canonical", note.replace(/=\n$/, "\n")],
  ["a name with a plus", note.replace("— shili", "— shi+li")],
] as const) {
  test(`a note with ${what} is none`, () => assert.equal(parseNote(wrong), null));
}

test("entries, requests and receipts are read as they are written, and nothing else is", () => {
  const entries = [Buffer.from("{}"), Buffer.alloc(0), Buffer.alloc(65_535, 7)];
  const bytes = encodeEntries(entries);
  assert.deepEqual(
    decodeEntries(bytes)?.map((entry) => entry.length),
    [2, 0, 65_535],
  );
  assert.equal(decodeEntries(bytes.subarray(0, -1)), null);
  assert.throws(() => encodeEntries([Buffer.alloc(65_536)]));
  const request = { oldSize: 9, proof: [Uint8Array.from(root)], checkpoint: note };
  assert.deepEqual(parseAddCheckpoint(formatAddCheckpoint(request)), request);
  for (const wrong of ["old 09", "old -1", "old", "Old 9"]) assert.equal(parseAddCheckpoint(`${wrong}\n\n${note}`), null);
  assert.equal(parseAddCheckpoint(formatAddCheckpoint({ ...request, proof: Array.from({ length: 64 }, () => root) })), null);
  const receipt = { extra: Uint8Array.from(Buffer.from("{}")), index: 16, proof: [Uint8Array.from(root)], checkpoint: note };
  assert.deepEqual(parseProof(formatProof(receipt)), receipt);
  assert.deepEqual(parseProof(formatProof({ index: 0, proof: [], checkpoint: note })), { index: 0, proof: [], checkpoint: note });
  for (const wrong of ["index 016", "index", "Index 16"]) assert.equal(parseProof(`c2sp.org/tlog-proof@v1\n${wrong}\n\n${note}`), null);
});
