import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bare, nearnessOf, pairsOf } from "./nearness.ts";

const near = (a: string, b: string) => nearnessOf(pairsOf(a), pairsOf(b));

test("the same words are the same whatever their width, case, spaces and punctuation", () => {
  assert.equal(bare("垃圾，３天没清！ OK"), "垃圾3天没清ok");
  assert.deepEqual(near("垃圾，３天没清！", "垃圾 3天没清"), { alike: 1, retold: 1 });
});

test("what is told within more words is retold whole and alike in part", () => {
  const { alike, retold } = near("路灯不亮", "东塘村主路的路灯不亮，晚上漆黑");
  assert.equal(retold, 1);
  assert.ok(alike > 0 && alike < 0.5);
});

test("nearness is the same from both sides, from 0 to 1, and nothing is near to a text without letters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      const { alike, retold } = near(a, b);
      assert.deepEqual(near(b, a), { alike, retold });
      assert.ok(0 <= alike && alike <= retold && retold <= 1);
    }),
  );
  assert.deepEqual(near("……", "路灯不亮"), { alike: 0, retold: 0 });
});
