import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { CannotStart } from "./cannot-start.ts";
import { openKeys } from "./keys.ts";

async function aKeyFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-key-"));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, "key");
}

test("the key file is made once, closed to others, and read the same ever after", async (t) => {
  const file = await aKeyFile(t);
  const first = await openKeys(file);
  const again = await openKeys(file);
  assert.deepEqual([first.isNew, again.isNew], [true, false]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(first.for("vault"), again.for("vault"));
});

test("two starts at once agree on one key", async (t) => {
  const file = await aKeyFile(t);
  const opened = await Promise.all([openKeys(file), openKeys(file)].map((one) => one.catch(() => null)));
  const kept = await openKeys(file);
  for (const keys of opened) if (keys !== null) assert.equal(keys.fingerprint, kept.fingerprint);
});

test("each purpose has a key of its own", async (t) => {
  const keys = await openKeys(await aKeyFile(t));
  const made = ["receipt", "vault", "device"] as const;
  assert.equal(new Set(made.map((purpose) => keys.for(purpose).toString("hex"))).size, made.length);
});

test("a key file that others may read is refused, with the command that mends it", async (t) => {
  const file = await aKeyFile(t);
  await openKeys(file);
  await chmod(file, 0o640);
  await assert.rejects(openKeys(file), (error) => error instanceof CannotStart && error.en.includes(`chmod 600 ${file}`));
});

test("a key file with anything else in it is refused", async (t) => {
  const file = await aKeyFile(t);
  await writeFile(file, "not a key\n", { mode: 0o600 });
  await assert.rejects(openKeys(file), CannotStart);
});
