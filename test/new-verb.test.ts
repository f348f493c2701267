import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";

const ROOT = join(import.meta.dirname, "..");

const ENTRY = `export const LEDGER_EVENTS = {
  "problem.sung-about": kind({
    subject: "problem",
    facts: { verses: page(z.number()) },
    words: { song: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell: tellsNoRow,
  }),`;

async function aCopy(t: TestContext): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "sanwen-verb-"));
  t.after(() => rm(copy, { recursive: true, force: true }));
  for (const part of ["src", "test", "bench", "scripts", "package.json", "tsconfig.json"])
    await cp(join(ROOT, part), join(copy, part), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

async function change(copy: string, path: string, from: RegExp, to: string): Promise<void> {
  const file = join(copy, path);
  const text = await readFile(file, "utf8");
  assert.match(text, from, path);
  await writeFile(file, text.replace(from, to));
}

/** The files of which the compiler complains. */
function complaints(copy: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "--project", copy], { cwd: copy }, (_error, said) => {
      resolve([...new Set([...said.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file = ""]) => file))].toSorted());
    });
  });
}

test("a new verb is one entry and its words: the compiler names each place that is still missing, three files in all", async (t) => {
  const copy = await aCopy(t);
  await change(copy, "src/loop/ledger/events.ts", /export const LEDGER_EVENTS = \{/, ENTRY);
  await change(copy, "src/loop/ledger/events.ts", /^/, 'import { z } from "zod";\nimport { kind, page, tellsNoRow } from "#audit/kind";\n');
  assert.deepEqual(await complaints(copy), ["src/words/en/events.ts", "src/words/zh/events.ts"]);
  await change(copy, "src/words/zh/events.ts", /( {2}"problem\.opened":)/, '  "problem.sung-about": "有人编成了歌",\n$1');
  await change(copy, "src/words/en/events.ts", /( {2}"problem\.opened":)/, '  "problem.sung-about": "Somebody made a song of it",\n$1');
  assert.deepEqual(await complaints(copy), []);
});
