import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#platform/ids";
import { aTown, AT } from "#test/town";
import { readDirectory } from "./directory.ts";
import { namesFoundIn } from "./names-found.ts";

test("a village, a unit, an officer are meant by part of a name in either language; by letters of everybody nobody is", async (t) => {
  const { town, villages, units, cast } = await aTown(t);
  const names = await readDirectory(town);
  const found = namesFoundIn(names);
  assert.deepEqual(found("东塘"), [villages.dongtang]);
  assert.deepEqual(found("dongtang village"), [villages.dongtang]);
  assert.deepEqual(found("环卫"), [units.sanitation]);
  assert.deepEqual(found("王路"), [cast.wangLu.id]);
  assert.deepEqual(found("没有"), []);
  const hamlets = Array.from({ length: 101 }, (_, i) => ({
    id: newId(AT),
    zh: `第${i}组村`,
    en: "",
    retired: false,
    lon: null,
    lat: null,
  }));
  const many = namesFoundIn({ ...names, villages: new Map(hamlets.map((hamlet) => [hamlet.id, hamlet])) });
  assert.deepEqual(many("村"), []);
  assert.deepEqual(many("第7组"), [hamlets[7]?.id]);
});
