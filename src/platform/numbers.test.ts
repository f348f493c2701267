import assert from "node:assert/strict";
import { test } from "node:test";
import { latitude, longitude, numberTyped, wholeNumber } from "./numbers.ts";

test("a number is understood in any width; a blank, a list or a program's way of writing is none", () => {
  for (const [typed, number] of [
    ["７", 7],
    [" 12 ", 12],
    ["\u202d30\u202c", 30],
    ["\u22120.5", -0.5],
    ["114.3901", 114.3901],
    [5, 5],
  ] as const)
    assert.equal(numberTyped(typed), number);
  for (const typed of ["", " ", "\u200b", "1e3", "0x10", "1,000", "٣", "一", [], [5], null, true, Number.NaN, Infinity, "9".repeat(200)])
    assert.equal(numberTyped(typed), null, JSON.stringify(typed));
});

test("a whole number stays within its bounds, and a blank is not its zero", () => {
  const figure = wholeNumber(0, 30);
  assert.equal(figure.parse("３０"), 30);
  for (const typed of ["", " ", "31", "-1", "1.5", null, []]) assert.equal(figure.safeParse(typed).success, false, JSON.stringify(typed));
});

test("a position that was not given is null, and a blank is not the Gulf of Guinea", () => {
  for (const none of ["", "  ", "\u200b", null, undefined]) assert.equal(longitude.parse(none), null);
  assert.equal(longitude.parse("１１４．３９０１"), 114.3901);
  assert.equal(latitude.parse(27.81), 27.81);
  for (const no of ["91", "x", "1e1", "27.81, 114.39"]) assert.equal(latitude.safeParse(no).success, false, no);
});
