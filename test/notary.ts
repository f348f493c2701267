import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openNotary, type Notary } from "#platform/notary";

/** A notary with a key file of its own; its folder goes when the test process ends. */
export function aNotary(): Notary {
  const folder = mkdtempSync(join(tmpdir(), "sanwen-notary-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, `${"07".repeat(32)}\n`, { mode: 0o600 });
  return openNotary(keyFile, join(folder, "log"));
}
