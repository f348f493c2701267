import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hmacOnce } from "./hmac.ts";

test("an HMAC under a key used once is the one the library makes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.string({ unit: "grapheme" }), (key, text) => {
      assert.equal(hmacOnce(key, text), createHmac("sha256", key).update(text, "utf8").digest("hex"));
    }),
  );
  assert.throws(() => hmacOnce(new Uint8Array(65), ""), RangeError);
});
