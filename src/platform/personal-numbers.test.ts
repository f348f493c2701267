import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { personalNumbers, withoutPersonalNumbers } from "./personal-numbers.ts";

// Made up; the check characters are right, the persons do not exist.
const CARD = "11010519491231002X";

test("telephone numbers of the mainland are masked however they are written", () => {
  const told = {
    打13800005678: "打138****5678",
    "打 138-0000-5678。": "打 138****5678。",
    微信同号１３８００００５６７８: "微信同号138****5678",
    "+86 138 0000 5678": "138****5678",
    "0755-12345678 不是号码，0755-22345678 是": "0755-12345678 不是号码，0755-****678 是",
    "(010)62345678": "010-****678",
    "两个：13900001111、13900002222": "两个：139****1111、139****2222",
    "（０７９５）７２２３４５６": "0795-****456",
    "0795—722 3456 转 801": "0795-****456 转 801",
    "138.0000.5678": "138****5678",
    "138  0000  5678": "138****5678",
    "13800-005678": "138****5678",
    "1 3 8 0 0 0 0 5 6 7 8": "138****5678",
    "138（0000）5678": "138****5678",
    "\u202d13800005678\u202c": "\u202d138****5678\u202c",
    "138\u200b0000\u20605678": "138****5678",
    Tel13800005678: "Tel138****5678",
    "vx:abc13800005678": "vx:abc138****5678",
    "(+86)138-0000-5678": "138****5678",
    "＋８６１３８００００５６７８": "138****5678",
    "0086 138 0000 5678": "138****5678",
    "+86 795 7223456": "0795-****456",
    "013800005678": "138****5678",
    "门牌86 13800005678": "门牌86 138****5678",
    "2026-07-28 13800005678 来电": "2026-07-28 138****5678 来电",
    "①13800005678": "①138****5678",
    "TEL-13800005678": "TEL-138****5678",
  };
  for (const [written, masked] of Object.entries(told)) assert.equal(withoutPersonalNumbers(written), masked);
});

test("a number of an identity card is masked, by its check character and day of birth", () => {
  assert.equal(withoutPersonalNumbers(`身份证${CARD}`), "身份证110105********002X");
  assert.equal(withoutPersonalNumbers(CARD.toLowerCase()), "110105********002x");
  assert.equal(withoutPersonalNumbers("１１０１０５１９４９１２３１００２Ｘ"), "110105********002X");
  assert.equal(withoutPersonalNumbers("110105 19491231 002X。"), "110105********002X。");
  assert.equal(withoutPersonalNumbers("身份证号 110105491231002"), "身份证号 110105********1002");
  const wrong = CARD.replace(/X$/, "1");
  assert.equal(withoutPersonalNumbers(wrong), wrong);
});

test("what only looks like a number of a person stays: entries, days, amounts, positions, hashes", () => {
  for (const text of [
    "SL-2026-0007",
    "SL-2026-0795 7223456",
    "2026-11-26 09:30",
    "1995-08-26 120 户",
    "投资 13800000567 元不到一半吗".replace("13800000567", "1380000056"),
    "合同价 13800005678 元，已付 ¥13800005678",
    "13800005678.50",
    "114.13912345678",
    "130.12345678, 45.80",
    "订单 913800005678123",
    "分别为 150 20 30 40 50",
    "3f13800005678abc",
    "拨打12345热线，或119",
    "110105491231002",
  ])
    assert.equal(withoutPersonalNumbers(text), text);
});

const digits = (count: number) => fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), minLength: count, maxLength: count });
const mobile = fc.tuple(fc.constantFrom("13", "15", "18", "19"), digits(9)).map((parts) => parts.join(""));
const gap = fc.string({ unit: fc.constantFrom(...Array.from(" -－·（）—\u200b\u202c\u00a0")), minLength: 0, maxLength: 3 });
const wide = (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
const inWords = (told: string) => `请打 ${told}，谢谢`;

test("no way of writing shows a telephone: its middle digits are never left", () => {
  fc.assert(
    fc.property(mobile, gap, gap, fc.constantFrom(3, 5), fc.boolean(), (number, one, other, first, isWide) => {
      const rest = first === 3 ? [number.slice(3, 7), number.slice(7)] : [number.slice(5)];
      const written = [number.slice(0, first), ...rest].reduce((told, part, i) => told + (i === 1 ? one : other) + part);
      const told = withoutPersonalNumbers(inWords(isWide ? wide(written) : written)).normalize("NFKC");
      assert.match(told, new RegExp(`${number.slice(0, 3)}\\*{4}${number.slice(7)}`));
    }),
  );
});

test("days, amounts, numbers of the ledger, credit codes and hashes are nobody's number", () => {
  const day = fc.date({ min: new Date("1950-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map((at) => at.toISOString());
  const innocent = fc.oneof(
    day.map((at) => at.slice(0, 10)),
    day.map((at) => at.slice(0, 16).replace("T", " ")),
    day.map((at) => `${at.slice(0, 10).replaceAll("-", ".")} 起 120 天`),
    fc.nat(99_999_999_999).map((amount) => `${amount} 元`),
    fc
      .tuple(fc.constantFrom("SL", "ABC"), fc.integer({ min: 2020, max: 2040 }), fc.nat(9_999_999))
      .map(([prefix, year, nth]) => `${prefix}-${year}-${String(nth).padStart(4, "0")}`),
    fc
      .tuple(digits(8), fc.string({ unit: fc.constantFrom(...Array.from("ABCDEFGHJKLMNPQRTUWXY")), minLength: 1, maxLength: 9 }), digits(1))
      .map((parts) => `91${parts.join("").padEnd(16, "0")}`),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => Buffer.from(hash).toString("hex")),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => Buffer.from(hash).toString("base64")),
    fc.uuid(),
  );
  fc.assert(
    fc.property(innocent, (text) => assert.equal(withoutPersonalNumbers(inWords(text)), inWords(text))),
    { numRuns: 2_000 },
  );
});

test("every number stands where it is said to stand, whatever surrounds it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
      const text = `${before}电话13800005678。${after}`;
      const told = withoutPersonalNumbers(text);
      assert.ok(told.includes("电话138****5678。"));
      assert.ok(personalNumbers(text).every(({ from, to }, i, all) => from < to && (all[i - 1]?.to ?? 0) <= from));
    }),
  );
});
