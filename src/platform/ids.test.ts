import assert from "node:assert/strict";
import { test } from "node:test";
import { isId, newId } from "./ids.ts";

test("ids of one instant keep the order in which they were made, whatever other instants come between", () => {
  const [now, earlier] = [new Date("2026-07-28T09:00:00+08:00"), new Date("2026-07-27T09:00:00+08:00")];
  const ids = Array.from({ length: 10_000 }, () => {
    newId(earlier);
    return newId(now);
  });
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("an id is a UUIDv7 of its instant", () => {
  const at = new Date("2026-07-28T09:00:00+08:00");
  const id = newId(at);
  assert.ok(isId(id));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), at.getTime());
});
