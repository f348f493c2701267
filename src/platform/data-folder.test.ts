import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { CannotStart } from "./cannot-start.ts";
import { holderOf, lockDataFolder } from "./data-folder.ts";
import { startMarkOf } from "./other-process.ts";

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-lock-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test("a folder that is held is refused with the holder's pid, and free again once released", async (t) => {
  const folder = await aFolder(t);
  const lock = await lockDataFolder(folder);
  assert.equal(await holderOf(folder), process.pid);
  await assert.rejects(lockDataFolder(folder), (error) => error instanceof CannotStart && error.en.includes(`pid ${process.pid}`));
  await lock.release();
  await (await lockDataFolder(folder)).release();
  assert.deepEqual(await readdir(folder), []);
});

test("a lock whose pid now belongs to another process is stale", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: process.ppid, started: "an earlier process of this number" }));
  assert.notEqual(startMarkOf(process.ppid), null);
  await (await lockDataFolder(folder)).release();
});

test("a damaged lock holds nothing", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, "lock"), "{");
  await (await lockDataFolder(folder)).release();
});

test("of many that find the same stale lock, exactly one gets it", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, "lock"), JSON.stringify({ pid: 2 ** 22 + 1, started: null }));
  const won = (await Promise.all(Array.from({ length: 8 }, () => lockDataFolder(folder).catch(() => null)))).filter(
    (lock) => lock !== null,
  );
  assert.equal(won.length, 1);
});
