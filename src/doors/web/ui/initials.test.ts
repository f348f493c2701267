import assert from "node:assert/strict";
import { test } from "node:test";
import { initialsOf } from "./initials.ts";

test("a village is found by the first letters of its name, in either language", () => {
  assert.deepEqual(["东桥村", "柳沟村", "安泰", "奥林", "鄂家庄", "张王李赵", "3号 院", "Lower South"].map(initialsOf), [
    "dqc",
    "lgc",
    "at",
    "al",
    "ejz",
    "zwlz",
    "3hy",
    "lowersouth",
  ]);
});
