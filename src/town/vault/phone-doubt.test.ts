import assert from "node:assert/strict";
import { test } from "node:test";
import { phoneDoubt } from "./phone-doubt.ts";

test("a number that looks like a telephone of the mainland is not doubted, nor one of elsewhere, nor none", () => {
  for (const phone of [
    "13800000000",
    "+8613800000000",
    "008613800000000",
    "07951234567",
    "079512345678",
    "01012345678",
    "6123456",
    "61234567",
  ])
    assert.equal(phoneDoubt(phone), null, phone);
  for (const phone of ["4001234567", "+15551234567", "+4420123456", ""]) assert.equal(phoneDoubt(phone), null, phone);
});

test("a digit too few or too many, and what begins as no telephone does, are doubted by their number of digits", () => {
  assert.deepEqual(phoneDoubt("1380000000"), { says: "short", digits: 10 });
  assert.deepEqual(phoneDoubt("138000000000"), { says: "long", digits: 12 });
  assert.deepEqual(phoneDoubt("12345"), { says: "short", digits: 5 });
  assert.deepEqual(phoneDoubt("12800000000"), { says: "odd", digits: 11 });
});
