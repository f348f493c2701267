import assert from "node:assert/strict";
import { test } from "node:test";
import { testKeys } from "#test/town";
import { markOf, marksOf, openSealed, sealFor, testSealing } from "./sealing.ts";
import type { Keys } from "./town.ts";

const INTERNATIONAL = testKeys();
const NATIONAL: Keys = { ...INTERNATIONAL, algorithms: "national" };

test("the algorithms of this runtime answer as their standards say", () => {
  testSealing();
});

test("what was sealed with either algorithms opens under either setting, in its own place and nowhere else", () => {
  for (const keys of [INTERNATIONAL, NATIONAL]) {
    const sealed = sealFor(keys, "vault", "王小明 𠮷", "here");
    for (const reader of [INTERNATIONAL, NATIONAL]) {
      assert.equal(openSealed(reader, "vault", sealed, "here"), "王小明 𠮷");
      assert.equal(openSealed(reader, "vault", sealed, "there"), null);
      assert.equal(openSealed(reader, "draft", sealed, "here"), null);
    }
  }
});

test("no byte of a sealed text can be changed, and none left out", () => {
  for (const keys of [INTERNATIONAL, NATIONAL]) {
    const sealed = sealFor(keys, "vault", "13800001234", "here");
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      assert.equal(openSealed(keys, "vault", changed, "here"), null, `${keys.algorithms} byte ${i}`);
      assert.equal(openSealed(keys, "vault", sealed.subarray(0, i), "here"), null, `${keys.algorithms} cut at ${i}`);
    }
  }
});

test("a mark is the same for the same text, differs between algorithms, and both are searched for", () => {
  assert.deepEqual(markOf(INTERNATIONAL, "blind-index", "1"), markOf(INTERNATIONAL, "blind-index", "1"));
  assert.notDeepEqual(markOf(INTERNATIONAL, "blind-index", "1"), markOf(NATIONAL, "blind-index", "1"));
  assert.deepEqual(marksOf(NATIONAL, "blind-index", "1"), [
    markOf(INTERNATIONAL, "blind-index", "1"),
    markOf(NATIONAL, "blind-index", "1"),
  ]);
});
