import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openBlobs } from "./blobs.ts";

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-blobs-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a file is found again by its hash, in its own town only", async (t) => {
  const blobs = openBlobs(await aFolder(t));
  const sha256 = await blobs.put("shili", Buffer.from("照片"));
  assert.equal((await blobs.get("shili", sha256))?.toString(), "照片");
  assert.equal(await blobs.get("linzhen", sha256), null);
  await blobs.remove("shili", sha256);
  await blobs.remove("shili", sha256);
  assert.equal(await blobs.get("shili", sha256), null);
});

test("a name that is no hash reaches no file", async (t) => {
  const blobs = openBlobs(await aFolder(t));
  for (const name of ["", "../../etc/passwd", "a".repeat(63), "A".repeat(64), `${"a".repeat(64)}/x`])
    assert.equal(await blobs.get("shili", name), null);
});

test("the same bytes put ten times at once are one whole file, with nothing beside it", async (t) => {
  const folder = await aFolder(t);
  const blobs = openBlobs(folder);
  const bytes = Buffer.alloc(300_000, 5);
  const all = await Promise.all(Array.from({ length: 10 }, () => blobs.put("shili", bytes)));
  const [sha256 = ""] = all;
  assert.deepEqual(await readdir(join(folder, "shili", sha256.slice(0, 2))), [sha256]);
  assert.ok((await blobs.get("shili", sha256))?.equals(bytes));
});

test("bytes that cannot be written leave nothing", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, "shili"), "a file where the folder should be");
  await assert.rejects(openBlobs(folder).put("shili", Buffer.from("照片")));
  assert.deepEqual(await readdir(folder), ["shili"]);
});
