import assert from "node:assert/strict";
import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { CannotStart } from "./cannot-start.ts";
import { openNotary } from "./notary.ts";

async function aKeyFile(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-notary-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "key");
  await writeFile(file, `${"07".repeat(32)}\n`, { mode: 0o600 });
  return { file, folder };
}

test("a key file that is taken away while the program runs stops no log: its keys are remembered, and it is said once", async (t) => {
  const { file, folder } = await aKeyFile(t);
  await openNotary(file, folder).makeKey("shili", "log", "ledger.example/log");
  const said: string[] = [];
  const notary = openNotary(file, folder, (_zh, en) => void said.push(en));
  await rename(file, `${file}.away`); // before anybody asked for a key
  const signer = await notary.logSigner("shili");
  assert.equal(signer?.vkey.startsWith("ledger.example/log+"), true);
  assert.deepEqual(await notary.retiredVkeys("shili"), []);
  assert.equal(await notary.witnessSigner("shili"), null);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? "", /goes on with the keys it remembers/);
  await assert.rejects(notary.makeKey("linzhen", "log", "linzhen.example/log"), /ENOENT/);
  await rename(`${file}.away`, file);
  await notary.makeKey("linzhen", "log", "linzhen.example/log");
  assert.equal((await notary.logSigner("shili"))?.vkey, signer.vkey);
});

test("a key file with a line of somebody else's is refused before anything is signed", async (t) => {
  const { file, folder } = await aKeyFile(t);
  await appendFile(file, "log shili\n");
  assert.throws(() => openNotary(file, folder), CannotStart);
});
