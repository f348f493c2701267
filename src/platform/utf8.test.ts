import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "./utf8.ts";

test("a text in UTF-8 is byte for byte what the runtime makes of it, lone halves of pairs among it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.deepEqual(utf8(text), Buffer.from(text, "utf8"));
    }),
  );
  assert.deepEqual(utf8("三问\ud800"), Buffer.from("三问\ufffd"));
});
