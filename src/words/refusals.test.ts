import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsIn } from "./words.ts";

test("every refusal is one whole sentence in both languages", () => {
  const { zh, en } = { zh: wordsIn("zh").refusals.codes, en: wordsIn("en").refusals.codes };
  for (const [code, words] of Object.entries(zh)) assert.match(words, /^\P{Script=Latin}.{6,}。$/u, code);
  for (const [code, words] of Object.entries(en)) assert.match(words, /^[A-Z“][^\p{Script=Han}]{15,}\.$/u, code);
});

test("no two refusals say the same", () => {
  for (const lang of ["zh", "en"] as const) {
    const said = Object.values(wordsIn(lang).refusals.codes);
    assert.equal(new Set(said).size, said.length);
  }
});
