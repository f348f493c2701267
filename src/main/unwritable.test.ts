import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { aDataFolder, sanwen } from "#test/program-runs";

/**
 * What stands in the program's way in its data folder, and what it says of it. Root may write where permissions forbid it, but in no
 * file.
 */
const IN_THE_WAY: Readonly<Record<string, { readonly put: (folder: string) => Promise<unknown>; readonly says: RegExp }>> = {
  "a file where the photos go": { put: (folder) => writeFile(join(folder, "files"), ""), says: /Couldn't write in the data folder/ },
  "a file where the log goes": { put: (folder) => writeFile(join(folder, "log"), ""), says: /Couldn't write in the data folder/ },
  "a file where the database goes": { put: (folder) => writeFile(join(folder, "postgres"), ""), says: /Couldn't write in the data folder/ },
  "a folder where the lock goes": { put: (folder) => mkdir(join(folder, "program.lock")), says: /Couldn't write in the data folder/ },
  "a folder where the key goes": { put: (folder) => mkdir(join(folder, "key")), says: /Couldn't read the key file/ },
};

test("what cannot be written in the data folder is said in a sentence, without a stack, before anything is opened", async (t) => {
  const ends = Object.entries(IN_THE_WAY).map(async ([name, { put, says }]) => {
    const folder = await aDataFolder(t);
    await put(folder);
    const { code, err } = await sanwen(folder, ["migrate"]);
    assert.equal(code, 1, name);
    assert.match(err, says, name);
    assert.doesNotMatch(err, /^\s+at /m, name);
  });
  await Promise.all(ends);
});

test("a data folder that is a file, or lies on a disk that is read-only, is said in a sentence, without a stack", async (t) => {
  const around = await aDataFolder(t);
  await writeFile(join(around, "file"), "");
  for (const data of [join(around, "file"), join(around, "file/below"), await aReadOnlyFolder(t)]) {
    const { code, err } = await sanwen(around, ["start"], { SANWEN_DATA: data, PORT: "0" });
    assert.equal(code, 1, data);
    assert.match(err, /Couldn't write in the data folder .* SANWEN_DATA/, data);
    assert.doesNotMatch(err, /^\s+at /m, data);
  }
});

/** Root writes wherever the disk lets it: for root it is a disk of its own. */
async function aReadOnlyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-read-only-"));
  const isMounted = process.platform === "linux" && process.getuid?.() === 0;
  if (isMounted) execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", folder]);
  else await chmod(folder, 0o500);
  t.after(async () => {
    if (isMounted) execFileSync("umount", ["--lazy", folder]);
    await rm(folder, { recursive: true });
  });
  return folder;
}
