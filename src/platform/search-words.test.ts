import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pairVector, searchPieces, searchQuery, searchText, searchVector, searchWords } from "./search-words.ts";

const lexemes = (vector: string) => new Set(vector === "" ? [] : vector.slice(1, -1).split("' '"));

test("whatever somebody types out of a text, in Chinese or in whole words, finds the text by either vector", () => {
  const text = "东塘村口路灯三天不亮，Wi-Fi 也断了；编号 SL-2026-0007。";
  for (const typed of ["路灯", "东塘村口路灯", "wi-fi", "ＷＩ－ＦＩ", "SL-2026-0007", "灯", "三天 不亮"]) {
    for (const vector of [searchVector("shili", text), pairVector("shili", text)]) {
      assert.ok(
        searchWords("shili", typed).every((word) => lexemes(vector).has(word)),
        typed,
      );
    }
  }
});

test("a neighbour town's words are other words", () => {
  assert.ok(searchWords("linzhen", "路灯").every((word) => !lexemes(searchVector("shili", "路灯")).has(word)));
});

test("what holds no letter and no digit asks for nothing; nothing typed can leave its quotes", () => {
  for (const typed of ["", "  ", "！？%", "'"]) assert.equal(searchQuery("shili", typed), null);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      const query = searchQuery("shili", typed) ?? "";
      assert.match(query, /^('shili\/[\p{Letter}\p{Number}]+'( & |$))*$/u);
      assert.ok(searchPieces(typed).length <= 8);
      assert.ok(searchText(typed).isWellFormed());
    }),
  );
});
