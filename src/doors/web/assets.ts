import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "#platform/root";

const MANIFEST = join(ROOT, "dist/assets/manifest.json");

let manifest: { readonly [name: string]: string } | undefined;

/** The address of a built file, with its content's hash in it so that it may be kept for ever. */
export function asset(name: string): string {
  manifest ??= existsSync(MANIFEST) ? readManifest() : {};
  return `/assets/${manifest[name] ?? name}`;
}

function readManifest(): { readonly [name: string]: string } {
  const parsed: unknown = JSON.parse(readFileSync(MANIFEST, "utf8"));
  if (typeof parsed !== "object" || parsed === null) throw new Error("couldn't read dist/assets/manifest.json: not an object");
  return Object.fromEntries(Object.entries(parsed).map(([name, file]) => [name, String(file)]));
}
