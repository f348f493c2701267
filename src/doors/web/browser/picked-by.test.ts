import assert from "node:assert/strict";
import { test } from "node:test";
import { characterOf, pickedBy } from "./picked-by.ts";

const VILLAGES = [
  { value: "east", number: "1", initials: "dqc" },
  { value: "willow", number: "2", initials: "lgc" },
  { value: "dragon", number: "12", initials: "lwc" },
];

test("a village is picked by its number or the first letters of its name; what means none picks none", () => {
  const picked = ["1", "12", "l", "lw", "13", "x", ""].map((typed) => pickedBy(VILLAGES, typed));
  assert.deepEqual(picked, ["east", "dragon", "willow", "dragon", null, null, null]);
});

test("a key means what stands on it, on either row of digits; others mean nothing", () => {
  assert.deepEqual(["Digit4", "Numpad4", "KeyQ", "NumpadEnter", "Tab", "Space"].map(characterOf), ["4", "4", "q", null, null, null]);
});
