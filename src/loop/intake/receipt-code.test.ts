import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { testKeys } from "#test/town";
import { parseReceiptCode, receiptCode, receiptHash, showReceiptCode } from "./receipt-code.ts";

test("a receipt code is ten characters that cannot be mistaken for each other, the same for the same report", () => {
  fc.assert(
    fc.property(fc.uuid(), (report) => {
      const code = receiptCode(testKeys(), report);
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{10}$/);
      assert.equal(receiptCode(testKeys(), report), code);
    }),
  );
});

test("a code is understood however it is typed or read out", () => {
  for (const typed of ["7Q4KM-2XD9H", "7q4km2xd9h", " 7Q4K M2XD 9H ", "７Ｑ４ＫＭ－２ＸＤ９Ｈ", "7Q4KM—2XD9H"])
    assert.equal(parseReceiptCode(typed), "7Q4KM2XD9H");
  assert.equal(parseReceiptCode("oIl00-00000"), "0110000000");
  for (const typed of ["", "7Q4KM", "7Q4KM-2XD9HA", "7Q4KM-2XD9U", "7Q4KM-2XD9.", "\u0000".repeat(10), "0".repeat(10_000)])
    assert.equal(parseReceiptCode(typed), null);
});

test("a code is found in the sentence it was copied with", () => {
  for (const typed of [
    "回执号：7Q4KM-2XD9H",
    "回执号 7Q4K M2XD 9H",
    "您的回执号是 7q4km-2xd9h，请保存。",
    "Receipt code: 7Q4KM2XD9H.",
    "my code is 7Q4KM 2XD9H, thanks",
    "\u202d7Q4KM\u200b-2XD9H\u202c",
    "7Q4KM\u22122XD9H\ufe0f",
  ])
    assert.equal(parseReceiptCode(typed), "7Q4KM2XD9H", typed);
  for (const typed of ["7Q4KM-2XD9H 或 7Q4KM-2XD9J", "路灯 2026-07-28 12", "电话 13800001234", "a97Q4KM2XD9H7"])
    assert.equal(parseReceiptCode(typed), null, typed);
});

test("what is shown is what is understood", () => {
  fc.assert(
    fc.property(fc.uuid(), (report) => {
      const code = receiptCode(testKeys(), report);
      assert.equal(parseReceiptCode(showReceiptCode(code)), code);
      assert.ok(!receiptHash(testKeys(), code).toString("latin1").includes(code));
    }),
  );
});
