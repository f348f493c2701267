import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { growTiles, type HashTile } from "./grow-tiles.ts";
import { consistencyProof, inclusionProof, isConsistent, isIncluded, hashLeaves, leafHash, nodeHash, rootOf, EMPTY_ROOT } from "./hash.ts";
import { hashFromTiles, tilesBetween, tilesOf } from "./tile.ts";
import { parseTilePath, tilePath } from "./tile-path.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** RFC 6962 §2.1, as it is written there. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return leafHash(only);
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

/** The tiles of a log that grew by batches of these sizes. */
function tilesAfter(batches: readonly (readonly Uint8Array[])[]) {
  const kept = new Map<string, HashTile>();
  let size = 0;
  for (const batch of batches) {
    const edge = [...kept.values()].filter(({ hashes }) => hashes.length < 8192);
    for (const tile of growTiles(edge, size, hashLeaves(batch))) kept.set(`${tile.level}/${tile.index}`, tile);
    size += batch.length;
  }
  return { size, kept, hashAt: hashFromTiles((level, index) => kept.get(`${level}/${index}`)?.hashes ?? null) };
}

const someLeaves = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${i}`));

// The inputs and roots of the Certificate Transparency test data (google/certificate-transparency, merkle_tree_test).
const CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const CT_ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("the roots are those of the Certificate Transparency test data", () => {
  for (const [i, root] of CT_ROOTS.entries()) {
    const { hashAt } = tilesAfter([CT_LEAVES.slice(0, i + 1).map((leaf) => Buffer.from(leaf, "hex"))]);
    assert.equal(hex(rootOf(i + 1, hashAt)), root);
  }
  assert.equal(hex(EMPTY_ROOT), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("grown in any batches, a log has the tree RFC 6962 defines, and every proof of it holds, and only there", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(), (sizes, a, b) => {
      const leaves = someLeaves(sizes.reduce((sum, count) => sum + count, 0));
      let from = 0;
      const { size, hashAt } = tilesAfter(sizes.map((count) => leaves.slice(from, (from += count))));
      const root = rootOf(size, hashAt);
      assert.equal(hex(root), hex(naiveRoot(leaves)));
      const index = a % size;
      const leaf = leafHash(leaves[index] ?? Buffer.of());
      const inclusion = inclusionProof(index, size, hashAt);
      assert.ok(isIncluded(leaf, index, size, inclusion, root));
      assert.ok(!isIncluded(leafHash(Buffer.from("another")), index, size, inclusion, root));
      assert.ok(size === 1 || !isIncluded(leaf, (index + 1) % size, size, inclusion, root));
      const earlier = 1 + (b % size);
      const earlierRoot = naiveRoot(leaves.slice(0, earlier));
      const consistency = consistencyProof(earlier, size, hashAt);
      assert.ok(isConsistent(earlier, earlierRoot, size, root, consistency));
      assert.ok(!isConsistent(earlier, leafHash(Buffer.from("fork")), size, root, consistency));
      assert.ok(earlier === size || !isConsistent(earlier, earlierRoot, size, leafHash(Buffer.from("fork")), consistency));
    }),
    { numRuns: 150 },
  );
});

test("a log of 70,000 and one of 256 have the tiles the specification names", () => {
  const widths = (size: number, level: number | "entries") =>
    tilesOf(size)
      .filter((tile) => tile.level === level)
      .map(({ width }) => width);
  assert.deepEqual([widths(70_000, 0).length, widths(70_000, 0).at(-1)], [274, 112]);
  assert.deepEqual([widths(70_000, 1), widths(70_000, 2)], [[256, 17], [1]]);
  assert.deepEqual([widths(256, 0), widths(256, 1), widths(256, 2)], [[256], [1], []]);
  assert.deepEqual(tilesBetween(256, 257).map(tilePath), ["tile/0/001.p/1", "tile/entries/001.p/1"]);
  assert.deepEqual(tilesBetween(300, 300), []);
});

test("a tile's path is read only as it is written", () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), "tile/0/x001/x234/067");
  assert.deepEqual(parseTilePath("tile/entries/x001/x234/067.p/8"), { level: "entries", index: 1_234_067, width: 8 });
  for (const wrong of [
    "tile/0/67",
    "tile/0/x000/067",
    "tile/00/067",
    "tile/0/067.p/0",
    "tile/0/067.p/256",
    "tile/0/067.p/08",
    "tile/9/000",
    "tile/0/001/002",
  ]) {
    assert.equal(parseTilePath(wrong), null, wrong);
  }
  fc.assert(
    fc.property(fc.nat({ max: 5 }), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
      assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width });
    }),
  );
});
