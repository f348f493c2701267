import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lexemesOf, namedVector, pairVector, searchPieces, searchQuery, searchText, searchVector } from "./search-words.ts";

const VILLAGE = "0198b6a0-0000-7000-8000-000000000001";
const lexemes = (vector: string) => new Set(vector === "" ? [] : vector.slice(1, -1).split("' '"));
const pieces = (typed: string) => searchPieces(typed).map((letters) => ({ letters, named: [] }));

/** Whether what was typed is found in a text, by the index and by the look at the text itself. */
function finds(typed: string, text: string): boolean {
  const parts = pieces(typed);
  const byIndex = [searchVector("shili", text), pairVector("shili", text)].map((vector) =>
    parts.every((piece) => lexemesOf("shili", piece).words.every((word) => lexemes(vector).has(word))),
  );
  const byText = parts.every(({ letters }) => searchText(text).includes(letters));
  assert.deepEqual(byIndex, [byText, byText], `${typed} in ${text}`);
  return parts.length > 0 && byText;
}

test("whatever somebody types out of a text, in Chinese or in whole words, finds the text by either vector", () => {
  const text = "东塘村口路灯三天不亮，Wi-Fi 也断了；编号 SL-2026-0007。";
  for (const typed of ["路灯", "东塘村口路灯", "wi-fi", "ＷＩ－ＦＩ", "SL-2026-0007", "灯", "三天 不亮", "Wi-Fi也断了"])
    assert.ok(finds(typed, text), typed);
  for (const typed of ["路不", "wifi", "0008"]) assert.ok(!finds(typed, text), typed);
});

test("what nobody sees and what stands between words is in nobody's way, in the text or in what is typed", () => {
  const plain = "东塘村“三无”小区路灯（3 号）不亮";
  for (const typed of [
    "东塘，路灯",
    "路\u200b灯",
    "三无小区",
    "「三无」小区",
    "路灯3号",
    "路灯不亮？",
    "3号、三无；路灯!",
    "\u202e东塘\u202c",
  ])
    assert.equal(finds(typed, plain), typed !== "路灯不亮？", typed);
  for (const hidden of ["路\u200b灯不亮", "路\ufe00灯\u2060不\u00ad亮", "路 灯　不亮", "路·灯—不亮"])
    assert.ok(finds("路灯不亮", hidden), hidden);
  assert.ok(finds("street LAMP", "The street-lamp is out"));
  assert.ok(finds("ab".repeat(45), `x ${"ab".repeat(45)}`), "a long word is found by its parts");
});

test("a neighbour town's words are other words, and no text has the word of an id", () => {
  const ours = lexemes(`${searchVector("shili", "路灯")} ${namedVector("shili", [VILLAGE])}`);
  const theirs = lexemesOf("linzhen", { letters: "路灯", named: [VILLAGE] });
  assert.ok([...theirs.words, ...theirs.named].every((word) => !ours.has(word)));
  assert.ok(!lexemes(searchVector("shili", `@${VILLAGE}`)).has(`shili/@${VILLAGE}`));
});

test("what holds no letter and no digit asks for nothing; nothing typed can leave its quotes", () => {
  for (const typed of ["", "  ", "！？%", "'"]) assert.equal(searchQuery("shili", pieces(typed)), null);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (typed) => {
      const query = searchQuery("shili", pieces(typed)) ?? "";
      assert.match(query, /^(\(\('shili\/[\p{Letter}\p{Number}]+'( & 'shili\/[\p{Letter}\p{Number}]+')*\)\)( & |$))*$/u);
      assert.ok(searchPieces(typed).length <= 8);
      assert.doesNotMatch(searchText(typed), /[^\p{Letter}\p{Number} \n]/u);
    }),
  );
});

test("a text is found by every run of its own letters", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...Array.from("路灯不亮3aＢ ，-\u200b𠮷é")), { maxLength: 30 }),
      fc.nat(30),
      fc.nat(30),
      (chars, from, length) => {
        const typed = chars.slice(from, from + length).join("");
        for (const { letters } of pieces(typed)) if (/^\p{Script=Han}+$/u.test(letters)) assert.ok(finds(letters, chars.join("")));
      },
    ),
  );
});
