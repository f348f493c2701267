import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scribe } from "#log/telling";
import { openNotary, type Notary } from "#platform/notary";
import { TELLING } from "#proof/told";

const folders: string[] = [];
process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A notary with a key file of its own; its folder goes when the test process ends. */
export function aNotary(): Notary {
  const folder = mkdtempSync(join(tmpdir(), "sanwen-notary-"));
  folders.push(folder);
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, `${"07".repeat(32)}\n`, { mode: 0o600 });
  return openNotary(keyFile, join(folder, "log"));
}

/** What gives a town's events their places, as in the running program. */
export function asScribe(notary: Notary): Scribe {
  return { notary, telling: TELLING };
}
