import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { STATUSES } from "#ledger/problem";
import { test } from "node:test";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { plainColours } from "../scripts/plain-colours.ts";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist/assets");
const LARGEST_BYTES = 40 * 1024;
/** What a resident loads once: with it the first page has to stay under 35 KB in all. */
const OF_A_RESIDENT = new Set(["public.css", "public.js", "mark.svg"]);
const OF_A_RESIDENT_BYTES = 25 * 1024;

test("colours that old kernels do not know are worked out when the styles are built", () => {
  const tokens = new Map([
    ["--seal", "#b3261e"],
    ["--half", "50%"],
    ["--shadow", "light-dark(rgba(29, 39, 51, 0.4), #000)"],
  ]);
  const plain = (value: string) => plainColours(value, (name) => tokens.get(name) ?? null);
  assert.equal(plain("oklch(100% 0 0deg)"), "#ffffff");
  assert.equal(plain("oklch(62.8% 0.25768 29.234deg)"), "#ff0000");
  assert.equal(plain("1px solid color-mix(in oklab, var(--seal) 100%, #fff)"), "1px solid #b3261e");
  assert.equal(plain("color-mix(in oklab, var(--seal) 40%, transparent)"), "#b3261e66");
  assert.equal(plain("color-mix(in oklab, #000 var(--half), transparent)"), "#00000080");
  assert.equal(plain("light-dark(var(--seal), #000)"), "var(--seal)");
  assert.equal(
    plain("0 1px 2px color-mix(in oklab, var(--shadow) 50%, transparent), 0 0 0 oklch(0% 0 0deg)"),
    "0 1px 2px #1d273333, 0 0 0 #000000",
  );
  assert.equal(plain("color-mix(in oklab, var(--of-a-part) 40%, transparent)"), "color-mix(in oklab, var(--of-a-part) 40%, transparent)");
});

test("the assets are small, whole, packed, named by their content and load nothing from anywhere else", async () => {
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts/build-assets.ts")]);
  const manifest: unknown = JSON.parse(readFileSync(join(OUT, "manifest.json"), "utf8"));
  assert.ok(typeof manifest === "object" && manifest !== null);
  const cards = ["card.png", ...STATUSES.map((status) => `card-${status}.png`)];
  const pictures = ["mark.svg", "favicon.ico", "touch.png", "icon-512.png", ...cards];
  assert.deepEqual(
    Object.keys(manifest).toSorted(),
    [...pictures, "office.css", "office.js", "public.css", "public.js", "verify.js"].toSorted(),
  );
  for (const file of Object.values(manifest).map(String)) {
    assert.match(file, /\.[0-9a-f]{12}\.\w+$/);
    const bytes = readFileSync(join(OUT, file));
    assert.deepEqual(gunzipSync(readFileSync(join(OUT, `${file}.gz`))), bytes);
    assert.deepEqual(brotliDecompressSync(readFileSync(join(OUT, `${file}.br`))), bytes);
    assert.ok(gzipSync(bytes, { level: 9 }).length <= LARGEST_BYTES, `${file} is too large`);
    if (file.endsWith(".css")) assert.doesNotMatch(bytes.toString(), /@import|@font-face|url\((?!['"]?data:)/);
  }
  const loaded = Object.entries(manifest)
    .filter(([name]) => OF_A_RESIDENT.has(name))
    .reduce((sum, [, file]) => sum + statSync(join(OUT, `${file}.gz`)).size, 0);
  assert.ok(loaded <= OF_A_RESIDENT_BYTES, `a resident loads ${loaded} bytes`);
  assert.ok(!existsSync(join(OUT, "public.css")), "nothing is served under a name that may go stale");
});
