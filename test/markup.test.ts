import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { conditionsIn, templatesIn, type Template } from "./templates.ts";

const ROOT = join(import.meta.dirname, "..");

/** The longest line that stands beside another file on a screen. */
const LONGEST = 140;

/** Where a longer line stays, and why: breaking it would make it worse to read. */
const LONG_LINES: readonly (readonly [where: RegExp, why: string])[] = [
  [/\.generated\.ts$/, "made by a program"],
  [/^src\/words\//, "a sentence stands on its line, beside its translation"],
  [/^src\/demo\//, "what is told of a made-up town: sentences too"],
  [/^src\/doors\/web\/styles\/forms\.css$/, "a small picture, written into its address"],
];

/** Elements that stand in a sentence, and may stand on the line of what they are part of. */
const IN_A_SENTENCE = new Set([
  "a",
  "abbr",
  "b",
  "br",
  "code",
  "em",
  "i",
  "kbd",
  "mark",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "time",
  "wbr",
]);

const sources = ["src", "test", "bench", "scripts", "bin"].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,mjs,css}`, { cwd: ROOT }).map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") })),
);
const templates = sources
  .filter(({ path }) => path.startsWith("src/doors/") && path.endsWith(".ts"))
  .flatMap(({ path, text }) => templatesIn(text).map((template) => ({ path, template })));

test("no line is longer than a screen beside another", () => {
  const isKept = (path: string) => LONG_LINES.some(([where]) => where.test(path));
  const long = sources
    .filter(({ path }) => !isKept(path))
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, at) => (line.length > LONGEST ? [`${path}:${at + 1} ${line.length}`] : [])),
    );
  assert.deepEqual(long, []);
});

test("markup reads like markup: an element a line, but for those of a sentence", () => {
  assert.ok(templates.length > 300);
  const crowded = templates.flatMap(({ path, template }) =>
    linesOf(template)
      .filter((line) => isCrowded(elementsIn(line)))
      .map((line) => `${path}:${template.line} ${line.trim()}`),
  );
  assert.deepEqual(crowded, []);
});

test("a condition within a condition of a template is a function with a name", () => {
  const nested = templates.flatMap(({ path, template }) =>
    template.holes.filter((hole) => conditionsIn(hole) > 1).map((hole) => `${path}:${hole.line} ${hole.code.trim()}`),
  );
  assert.deepEqual(nested, []);
});

/** A template's own markup, line by line; what is put into it stands there as one sign. */
function linesOf({ texts }: Template): readonly string[] {
  return texts.join("\u25a1").split("\n");
}

function elementsIn(line: string): readonly string[] {
  return [...line.matchAll(/<([a-z][a-z0-9-]*)/g)].map(([, name = ""]) => name);
}

function isCrowded(elements: readonly string[]): boolean {
  return elements.filter((name) => !IN_A_SENTENCE.has(name)).length > 1 || elements.length > 2;
}
