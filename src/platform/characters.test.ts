import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isBlank, judgeable, keptWords, lengthOf, shortened } from "./characters.ts";

const FAMILY = "👨‍👩‍👧‍👦";
const SCOTLAND = "🏴󠁧󠁢󠁳󠁣󠁴󠁿";

test("what is compared is compared by what is seen", () => {
  const seen = {
    "\u202d138 0000\u202c": "138 0000",
    "ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ": "li@example.com",
    "2026\u200b-07\ufeff-28\u00ad": "2026-07-28",
    "\u3164路\ufe00灯\u115f": "路灯",
    " 路 \u3000 灯\n": "路 灯",
    "e\u034f\u0301": "é",
  };
  for (const [typed, compared] of Object.entries(seen)) assert.equal(judgeable(typed), compared);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => assert.equal(judgeable(judgeable(typed)), judgeable(typed))));
});

test("a sentence is kept as it was written, without what turns its order or cannot be seen", () => {
  const kept = {
    "\u202e路灯不亮\u202c": "路灯不亮",
    "路\u200b灯\u2060不\ufeff亮": "路灯不亮",
    "第一行\r\n第二行\u2028第三行\v第四行": "第一行\n第二行\n第三行\n第四行",
    [`一家 ${FAMILY} ${SCOTLAND}`]: `一家 ${FAMILY} ${SCOTLAND}`,
    "葛\u{e0100}城、❤\ufe0f": "葛\u{e0100}城、❤\ufe0f",
    "藏\u{e0068}\u{e0069}字": "藏字",
    "１２楼（东）": "１２楼（东）",
    "\u3164\u200d 路灯 \u2800": "路灯",
  };
  for (const [typed, words] of Object.entries(kept)) assert.equal(keptWords(typed), words);
  assert.equal(keptWords(`灯${"\u0301".repeat(500)}灭`), `灯${"\u0301".repeat(8)}灭`);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (typed) => assert.equal(keptWords(keptWords(typed)), keptWords(typed))));
});

test("a text in which nothing can be seen is empty", () => {
  for (const nothing of ["", " \n\t\u3000", "\u200b", "\u3164", "\u2800", "\u0301\u0302", "\u202e\u202c", "\ufe0f", "\u{1d159}", "\uffff"])
    assert.ok(isBlank(nothing), JSON.stringify(nothing));
  for (const something of ["灯", "?", "。", "❤\ufe0f", FAMILY, "\ue000"]) assert.ok(!isBlank(something), something);
});

test("a text is shortened between characters, never inside one", () => {
  assert.equal(shortened("路灯不亮", 4), "路灯不亮");
  assert.equal(shortened("路灯不亮三天", 4), "路灯不亮…");
  assert.equal(shortened(`灯${FAMILY}${FAMILY}${SCOTLAND}`, 2), `灯${FAMILY}…`);
  assert.equal(shortened(FAMILY, 1), FAMILY);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, most) => {
      const short = shortened(text, most);
      assert.ok(short === text || text.startsWith(short.slice(0, -1).trimEnd()));
      assert.ok(short.isWellFormed());
    }),
  );
});

test("characters are counted as the database counts them", () => {
  assert.equal(lengthOf("路灯"), 2);
  assert.equal(lengthOf("𠮷👍"), 2);
});
