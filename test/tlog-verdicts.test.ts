import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { appendEvent, RESIDENT } from "#audit/append-event";
import type { Town } from "#platform/town";
import { cosignCheckpoint } from "#proof/cosign-checkpoint";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { findLeaf } from "#proof/opened-leaves";
import { consistencyProofOf, inclusionProofOf } from "#log/queries";
import { newestCheckpoint } from "#proof/queries";
import { watchLog } from "#proof/watch-log";
import { checkLog } from "#standards/tlog/check-log";
import { decodeEntries, encodeEntries } from "#standards/tlog/entries";
import { followLog } from "#standards/tlog/follow-log";
import { formatCheckpoint, parseCheckpoint } from "#standards/tlog/checkpoint";
import { formatNote, parseNote } from "#standards/tlog/note";
import { logSigner } from "#standards/tlog/signer";
import { formatProof } from "#standards/tlog/tlog-proof";
import { formatAddCheckpoint } from "#standards/tlog/witness-request";
import { checkLines, checkWhole } from "#doors/web/browser/verifying";
import { copyOf } from "./copied-log.ts";
import { aNotary, asScribe } from "./notary.ts";
import { AT, aTown, aTownBeside } from "./town.ts";

const CHECKER = join(import.meta.dirname, "checker/check_log.py");
const NO_PYTHON = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 is not on this machine";
const ORIGIN = new URL("https://ledger.example");

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-log-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function happen(town: Town, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    const id = `0198c2c4-0000-7000-8000-${String(i).padStart(12, "0")}`;
    await appendEvent(town, RESIDENT, AT, { verb: "objection.raised", subject: { kind: "problem", id }, words: { reason: `第 ${i} 次` } });
  }
}

const LEAVES = 260;

async function aPublishedLog(t: TestContext) {
  const { town } = await aTown(t);
  const notary = aNotary();
  await nameLog(town, notary, ORIGIN);
  await happen(town, 0, LEAVES);
  await integrateEvents(town, asScribe(notary), AT);
  const folder = await aFolder(t);
  await copyOf(town, folder);
  return { town, notary, folder, vkey: (await notary.logSigner(town.id))?.vkey ?? "" };
}

function python(...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile("python3", [CHECKER, ...words], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });
}

const readIn = (folder: string) => (path: string) => readFile(join(folder, path)).catch(() => null);

async function ours(folder: string, vkey: string): Promise<string> {
  const verdict = await checkLog(readIn(folder), { vkeys: [vkey], witnesses: [] }, () => undefined);
  return verdict.holds ? "holds" : verdict.leaf === null ? verdict.why : `leaf ${verdict.leaf}`;
}

/** What the page in a resident's browser says of the same files. */
async function inBrowser(folder: string, vkey: string): Promise<string> {
  const read = async (path: string) =>
    readFile(join(folder, path)).then(
      (bytes) => Uint8Array.from(bytes),
      () => null,
    );
  const { is, because, about } = await checkWhole(read, [vkey], () => undefined);
  if (is === "holds") return "holds";
  return because === "badSignature" ? "not-signed" : because === "badLeaf" ? `leaf ${about}` : because;
}

/** Changes a bundle of entries in the published files. */
async function reworked(folder: string, change: (entries: readonly Uint8Array[]) => readonly Uint8Array[]): Promise<void> {
  const path = join(folder, "tile/entries/000");
  await writeFile(path, encodeEntries(change(decodeEntries(await readFile(path)) ?? [])));
}

const other = logSigner("ledger.example/log", Buffer.alloc(32, 9));

const FORGERIES: readonly (readonly [string, RegExp, (folder: string) => Promise<void>])[] = [
  [
    "a changed event",
    /leaf 7$/,
    (folder) =>
      reworked(folder, (entries) =>
        entries.map((entry, i) => (i === 7 ? Buffer.from(Buffer.from(entry).toString().replace("raised", "upheld")) : entry)),
      ),
  ],
  ["a dropped event", /leaf \d+$/, (folder) => reworked(folder, (entries) => entries.filter((_, i) => i !== 7))],
  [
    "a reordered pair",
    /leaf 7$/,
    (folder) => reworked(folder, (entries) => entries.map((entry, i) => entries[i === 7 ? 8 : i === 8 ? 7 : i] ?? entry)),
  ],
  [
    "a swapped checkpoint",
    /not-signed$/,
    async (folder) => {
      const text = parseNote(await readFile(join(folder, "checkpoint"), "utf8"))?.text ?? "";
      await writeFile(join(folder, "checkpoint"), formatNote(text, [other.sign(text)]));
    },
  ],
];

test(
  "an honest log: our reader, the browser's and the one that shares no code with them agree that it holds",
  { skip: NO_PYTHON },
  async (t) => {
    const { folder, vkey, town } = await aPublishedLog(t);
    assert.equal(await ours(folder, vkey), "holds");
    assert.equal(await inBrowser(folder, vkey), "holds");
    assert.deepEqual(await python(folder, vkey), { code: 0, said: `ledger.example/log: ${LEAVES} leaves hold\n` });
    const checkpoint = await newestCheckpoint(town);
    const leaf = await findLeaf(town, 258);
    const receipt = formatProof({
      extra: Buffer.from(leaf?.entry ?? ""),
      index: 258,
      proof: await inclusionProofOf(town, 258, LEAVES),
      checkpoint: checkpoint?.note ?? "",
    });
    await writeFile(join(folder, "my.tlog-proof"), receipt);
    const judged = await python("--receipt", join(folder, "my.tlog-proof"), vkey);
    assert.match(judged.said, /leaf 258 of 260 holds: \{"at":"2026-07-28T01:00:00.000Z"/);
    await writeFile(join(folder, "my.tlog-proof"), receipt.replace("index 258", "index 257"));
    assert.equal((await python("--receipt", join(folder, "my.tlog-proof"), vkey)).code, 1);
  },
);

for (const [what, found, forge] of FORGERIES) {
  test(`the readers and the browser refuse ${what}, for the same leaf`, { skip: NO_PYTHON }, async (t) => {
    const { folder, vkey } = await aPublishedLog(t);
    await forge(folder);
    const verdict = await ours(folder, vkey);
    assert.match(verdict, found);
    assert.equal(await inBrowser(folder, vkey), verdict);
    const judged = await python(folder, vkey);
    assert.equal(judged.code, 1);
    assert.match(judged.said, verdict === "not-signed" ? /not signed by the key/ : new RegExp(`leaf ${/\d+/.exec(verdict)?.[0]}:`));
  });
}

test(
  "a forked history shown to two witnesses: neither cosigns the other branch, and every reader sees it",
  { skip: NO_PYTHON },
  async (t) => {
    const { town, notary, folder, vkey } = await aPublishedLog(t);
    const east = await aTownBeside(town, "dongzhen");
    const west = await aTownBeside(town, "xizhen");
    const keys = aNotary();
    for (const { town: witness } of [east, west]) {
      await keys.makeKey(witness.id, "witness", `${witness.id}.example/witness`);
      await watchLog(witness, RESIDENT, AT, { vkey });
    }
    // The fork: the same key signs another tree, which parted from this one after 256 leaves.
    const fork = await aTown(t);
    await happen(fork.town, 1000, 1000 + LEAVES + 3);
    const forking = { ...notary, lastSigned: async () => null, remember: async () => undefined };
    await integrateEvents(fork.town, asScribe(forking), AT);
    const [one, two] = [await newestCheckpoint(town), await newestCheckpoint(fork.town)];
    const ask = (witness: Town, oldSize: number, proof: readonly Uint8Array[], note: string) =>
      cosignCheckpoint(witness, keys, AT, formatAddCheckpoint({ oldSize, proof, checkpoint: note }));
    assert.equal((await ask(east.town, 0, [], one?.note ?? "")).kind, "cosigned");
    assert.equal((await ask(west.town, 0, [], two?.note ?? "")).kind, "cosigned");
    const proof = await consistencyProofOf(fork.town, LEAVES, LEAVES + 3);
    assert.equal((await ask(east.town, LEAVES, proof, two?.note ?? "")).kind, "not-consistent");
    assert.deepEqual(await ask(west.town, LEAVES, [], one?.note ?? ""), { kind: "other-size", size: LEAVES + 3 });
    assert.equal((await ask(east.town, LEAVES, [], one?.note ?? "")).kind, "cosigned");
    // Whoever kept the first branch's checkpoint sees it in the second one's files.
    const branch = await aFolder(t);
    await cp(folder, branch, { recursive: true });
    await copyOf(fork.town, branch);
    const seen = parseCheckpoint(parseNote(one?.note ?? "")?.text ?? "");
    assert.equal((await followLog(readIn(branch), [vkey], seen)).kind, "changed");
    assert.equal((await followLog(readIn(folder), [vkey], seen)).kind, "same");
    const noticed = (one?.note ?? "").split("\n").slice(0, 3).join("\n");
    const lines = await checkLines(noticed, two?.note ?? "", [vkey], async () => proof.map((hash) => Buffer.from(hash).toString("base64")));
    assert.deepEqual([lines.is, lines.because], ["fails", "badHistory"], "so does a resident with the notice board's lines");
    await writeFile(join(branch, "earlier"), one?.note ?? "");
    assert.match((await python(branch, vkey, "--extends", join(branch, "earlier"))).said, /history changed/);
    assert.equal((await python(branch, vkey)).code, 0, "each branch by itself is whole: only a witness tells them apart");
  },
);

test("a request that is not the specification's is refused as the specification says", async (t) => {
  const { town, vkey } = await aPublishedLog(t);
  const { town: witness } = await aTownBeside(town, "dongzhen");
  const keys = aNotary();
  await keys.makeKey(witness.id, "witness", "dongzhen.example/witness");
  const note = (await newestCheckpoint(town))?.note ?? "";
  const asked = async (oldSize: number, checkpoint: string) =>
    (await cosignCheckpoint(witness, keys, AT, formatAddCheckpoint({ oldSize, proof: [], checkpoint }))).kind;
  assert.equal(await asked(0, note), "unknown-log");
  await watchLog(witness, RESIDENT, AT, { vkey });
  const text = formatCheckpoint({ origin: "ledger.example/log", size: LEAVES, root: Buffer.alloc(32) });
  assert.equal(await asked(0, formatNote(text, [other.sign(text)])), "not-signed");
  assert.equal(await asked(LEAVES + 1, note), "malformed");
  assert.equal(await asked(0, note.slice(0, -2)), "malformed");
  assert.equal(await asked(3, note), "other-size");
  assert.equal(await asked(0, note), "cosigned");
});
