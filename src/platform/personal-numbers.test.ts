import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutPersonalNumbers } from "./personal-numbers.ts";

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
  };
  for (const [written, masked] of Object.entries(told)) assert.equal(withoutPersonalNumbers(written), masked);
});

test("a number of an identity card is masked, by its check character and day of birth", () => {
  assert.equal(withoutPersonalNumbers(`身份证${CARD}`), "身份证110105********002X");
  assert.equal(withoutPersonalNumbers(CARD.toLowerCase()), "110105********002x");
  const wrong = CARD.replace(/X$/, "1");
  assert.equal(withoutPersonalNumbers(wrong), wrong);
});

test("what only looks like a number of a person stays: entries, days, amounts, positions, hashes", () => {
  for (const text of [
    "SL-2026-0007",
    "2026-11-26 09:30",
    "投资 13800000567 元不到一半吗".replace("13800000567", "1380000056"),
    "114.13912345678",
    "订单 913800005678123",
    "3f13800005678abc",
    "拨打12345热线，或119",
  ])
    assert.equal(withoutPersonalNumbers(text), text);
});
