import { join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "..");

/**
 * Puts the program into a few files. Node finds and strips a thousand of them at every start otherwise, and keeps a record of each in
 * memory (docs/decisions/0063). Names and lines stay as written; packages stay where they are.
 */
export async function buildProgram(entry: string, folder: string): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: true,
      target: "node24",
      minify: false,
      rolldownOptions: { output: { entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" } },
    },
  });
}

if (import.meta.main) await buildProgram("src/main/cli.ts", "dist/program");
