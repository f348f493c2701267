import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..");

const Versions = z.record(z.string(), z.string());
const Manifest = z.object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions });
const Lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string(), integrity: z.string().optional() })) });

function read<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(ROOT, file), "utf8")));
}

test("the bytes of every package that may be installed, on whatever machine, are known by their hash", () => {
  const { packages } = read("package-lock.json", Lock);
  const others = Object.entries(packages).filter(([path]) => path !== "");
  const unknown = others.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true).map(([path]) => path);
  assert.ok(others.length > 200, `${others.length} packages`);
  assert.deepEqual(unknown, []);
});

test("every package we name is pinned to one version", () => {
  const { dependencies, devDependencies, optionalDependencies } = read("package.json", Manifest);
  const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  assert.deepEqual(
    named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version)),
    [],
  );
});
