import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "..");

/**
 * Puts the program into a few files. Node finds and strips a thousand of them at every start otherwise, and keeps a record of each in
 * memory (docs/decisions/0063). Names and lines stay as written; packages stay where they are. What is built takes the folder's place when
 * it is whole, so that a command begun meanwhile starts the program of before.
 */
export async function buildProgram(entry: string, folder: string): Promise<void> {
  const beside = `${folder}.${process.pid}`;
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      ssr: entry,
      outDir: beside,
      emptyOutDir: true,
      target: "node24",
      minify: false,
      rolldownOptions: { output: { entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" } },
    },
  });
  rmSync(join(ROOT, folder), { recursive: true, force: true });
  renameSync(join(ROOT, beside), join(ROOT, folder));
}

if (import.meta.main) await buildProgram("src/main/cli.ts", "dist/program");
