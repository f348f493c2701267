import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export const SRC = join(import.meta.dirname, "../src");

/** The rooms of each wing. They have one order through all wings, from the ground up: a wing stands on those before it. */
export const WINGS = {
  town: ["audit", "people", "log", "limits", "vault", "evidence"],
  loop: ["ledger", "verification", "intake", "detector"],
  open: ["publication", "proof"],
  desk: ["office"],
} as const;
export const ROOMS: readonly string[] = Object.values(WINGS).flat();

/** From the ground to the roof: a file may reach to its own floor and to the floors before it, never to one after. */
export const FLOORS: readonly string[] = ["standards", "platform", "refusals", ...ROOMS, "words", "demo", "doors", "main"];

export function floorOf(name: string): number {
  return FLOORS.indexOf(name);
}

export type Source = {
  readonly path: string;
  readonly floor: string;
  readonly text: string;
  readonly imports: readonly string[];
};

export const sources: readonly Source[] = globSync("**/*.ts", { cwd: SRC })
  .filter((path) => !path.endsWith(".generated.ts") && !path.startsWith("doors/web/browser/"))
  .map((path) => {
    const text = readFileSync(join(SRC, path), "utf8");
    const imports = [...text.matchAll(/(?:from|import|import\()\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
    return { path, floor: floorOfPath(path), text, imports };
  });
export const shipped = sources.filter((source) => !source.path.endsWith(".test.ts"));

/** The floor an import leads to; null for a package. */
export function targetFloor(source: Source, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1).split("/")[0] ?? null;
  return specifier.startsWith(".") ? floorOfPath(relative(SRC, join(SRC, dirname(source.path), specifier))) : null;
}

/** The floor of a path under src: its room where it lies in a wing. */
function floorOfPath(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first in WINGS ? second : first.replace(/\.ts$/, "");
}
