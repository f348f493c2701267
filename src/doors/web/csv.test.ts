import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvOf } from "./csv.ts";

test("a table begins with the byte order mark and ends its lines as spreadsheets expect", () => {
  assert.equal(
    csvOf([
      ["编号", "件数"],
      ["SL-2026-0007", 3],
    ]),
    '\uFEFF"编号","件数"\r\n"SL-2026-0007",3\r\n',
  );
});

test("a quotation mark, a comma and a line break stay inside their cell", () => {
  assert.equal(csvOf([['他说"好",\n走了']]), '\uFEFF"他说""好"",\n走了"\r\n');
});

test("what turns the order of reading is in no cell, nor hides a formula", () => {
  assert.equal(csvOf([["\u202e款程工付已\u202c", "\u202e=1+1"]]), '\uFEFF"款程工付已","\'=1+1"\r\n');
});

test("whatever people wrote, no cell can begin a formula", () => {
  fc.assert(
    fc.property(fc.constantFrom("=", "+", "-", "@", "＝", "\t=", " =", "\r"), fc.string(), (sign, rest) => {
      assert.match(csvOf([[sign + rest]]), /^\uFEFF"'/);
    }),
  );
});

test("any text comes back as it was, or behind one apostrophe", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cell = csvOf([[text]])
        .slice(2, -3)
        .replaceAll('""', '"');
      assert.ok(cell === text || cell === `'${text}`);
    }),
  );
});
