/*
 * npm start | run demo | test | run check | run bench | run build: installs and builds what is missing, then runs it.
 * Arguments after `--` go on: npm test -- src/platform/settings.test.ts
 * CHECK_WITHOUT_TESTS=1 leaves the tests out of `npm run check`, for when they have just run.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAssets, buildProgram, filesUnder, install, NODE, PROGRAM, ROOT, run, script, stop } from "./toolchain.mjs";

const COMMANDS = {
  start,
  demo,
  test,
  rooms,
  check,
  bench,
  build: () => 0,
  cli,
  types,
  lint,
  format,
  "dead-code": deadCode,
  "schema-types": schemaTypes,
};

const [name = "", ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : stop(`node scripts/run.mjs ${Object.keys(COMMANDS).join(" | ")}`, 2);
await install();
const needsAssets = ["start", "demo", "test", "rooms", "check", "bench", "build"];
if (needsAssets.includes(name === "cli" ? args[0] : name)) await buildAssets();
if (name === "cli" || needsAssets.includes(name)) await buildProgram();
process.exitCode = await command();

function start() {
  return run(NODE, [PROGRAM, "start", ...args]);
}

function demo() {
  return run(NODE, [PROGRAM, "demo", ...args]);
}

/** `npx sanwen …`: relative paths are those of the folder the person is in. */
function cli() {
  return run(NODE, [PROGRAM, ...args], { cwd: process.cwd() });
}

async function test() {
  const { passed, failed } = await runTests(
    args.length > 0 ? args : [...filesUnder("src", /\.test\.ts$/), ...filesUnder("test", /\.test\.ts$/)],
  );
  return total(passed, failed);
}

/** The tests of rooms alone: those that use a database, for a second run on another server (TEST_DATABASE_URL). */
async function rooms() {
  const onDatabase = (path) => /"#test\/(town|database)"/.test(readFileSync(join(ROOT, path), "utf8"));
  const { passed, failed } = await runTests(
    filesUnder("src", /\.test\.ts$/).filter((path) => !path.startsWith("src/doors/") && onDatabase(path)),
  );
  return total(passed, failed);
}

async function check() {
  const steps = { types, lint, format, "dead code": deadCode, architecture, "schema types": () => schemaTypes("--check") };
  let passed = 0;
  const failed = [];
  for (const [step, ask] of Object.entries(steps)) {
    console.log(`— ${step}`);
    if ((await ask()) === 0) passed += 1;
    else failed.push(step);
  }
  const tests =
    process.env.CHECK_WITHOUT_TESTS === "1"
      ? { passed: 0, failed: 0 }
      : await runTests([...filesUnder("src", /\.test\.ts$/), ...filesUnder("test", /\.test\.ts$/)]);
  if (failed.length > 0) console.log(`failed: ${failed.join(", ")}`);
  return total(passed + tests.passed, failed.length + tests.failed);
}

function bench() {
  return run(NODE, ["bench/bench.ts", ...args]);
}

/** The program, then what runs in browsers, which knows another world. */
async function types() {
  const code = await run(NODE, [script("typescript", "tsc")]);
  return code === 0 ? run(NODE, [script("typescript", "tsc"), "--project", "src/doors/web/browser"]) : code;
}

function lint() {
  return run(NODE, [script("oxlint", "oxlint"), "--type-aware", ...args]);
}

function format() {
  return run(NODE, [script("oxfmt", "oxfmt"), ...(name === "format" ? args : ["--check"])]);
}

function deadCode() {
  return run(NODE, [script("knip", "knip")]);
}

function architecture() {
  return run(NODE, ["--test", "test/architecture.test.ts", "test/markup.test.ts"]);
}

function schemaTypes(...flags) {
  return run(NODE, ["scripts/schema-types.ts", ...flags]);
}

async function runTests(files) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const folder = mkdtempSync(join(tmpdir(), "sanwen-totals-"));
  const totals = join(folder, "totals.json");
  try {
    const code = await run(NODE, [
      "--test",
      "--test-global-setup=test/global-setup.ts",
      "--test-concurrency=2",
      "--test-reporter=spec",
      "--test-reporter-destination=stdout",
      "--test-reporter=./scripts/totals-reporter.mjs",
      `--test-reporter-destination=${totals}`,
      ...files,
    ]);
    const { passed, failed } = counted(totals);
    // The run may end badly although every test passed: a file that does not load, a set-up that fails.
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counted(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function total(passed, failed) {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
