import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesFor } from "./choices-for.ts";

const LEADERS = [
  { value: "", text: "请选择" },
  { value: "w", text: "王路 · 便民服务中心", initials: "wl" },
  { value: "l", text: "李河 · 生态办" },
  { value: "s", text: "孙田 · 生态办" },
];

test("a leader is found by name, first letters or unit; the one that is left is chosen, whoever was chosen stays in the list", () => {
  assert.deepEqual(choicesFor(LEADERS, "", ""), { shown: new Set(["", "w", "l", "s"]), only: null });
  assert.deepEqual(choicesFor(LEADERS, " 生态 ", ""), { shown: new Set(["", "l", "s"]), only: null });
  assert.deepEqual(choicesFor(LEADERS, "李", "w"), { shown: new Set(["", "w", "l"]), only: "l" });
  assert.deepEqual(choicesFor(LEADERS, "WL", ""), { shown: new Set(["", "w"]), only: "w" });
  assert.deepEqual(choicesFor(LEADERS, "查无此人", "w"), { shown: new Set(["", "w"]), only: null });
});
