import assert from "node:assert/strict";
import { test } from "node:test";
import { base32, hotp, matchingStep, otpauthAddress, stepOf } from "./totp.ts";

const SECRET = Buffer.from("12345678901234567890");

test("codes are those of RFC 4226, appendix D", () => {
  const codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
  assert.deepEqual(
    codes.map((_, counter) => hotp(SECRET, counter)),
    codes,
  );
});

test("steps are those of RFC 6238, appendix B (its eight digits end in our six)", () => {
  const vectors = [
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ] as const;
  for (const [second, code] of vectors) assert.equal(hotp(SECRET, stepOf(new Date(second * 1000))), code.slice(2));
});

test("a code of the step before or after is let through, older ones and used ones are not", () => {
  const at = new Date("2026-07-28T01:00:00Z");
  const now = stepOf(at);
  assert.equal(matchingStep(SECRET, hotp(SECRET, now - 1), at, 0), now - 1);
  assert.equal(matchingStep(SECRET, hotp(SECRET, now + 1), at, 0), now + 1);
  assert.equal(matchingStep(SECRET, hotp(SECRET, now - 2), at, 0), null);
  assert.equal(matchingStep(SECRET, hotp(SECRET, now), at, now), null);
  for (const typed of ["", "12345", "1234567", "abcdef", "１２３４５６"]) assert.equal(matchingStep(SECRET, typed, at, 0), null);
});

test("base32 is that of RFC 4648 §10, without padding", () => {
  const vectors = { f: "MY", fo: "MZXQ", foo: "MZXW6", foob: "MZXW6YQ", fooba: "MZXW6YTB", foobar: "MZXW6YTBOI" };
  for (const [text, code] of Object.entries(vectors)) assert.equal(base32(Buffer.from(text)), code);
});

test("the address for the app names the town and the login", () => {
  assert.equal(
    otpauthAddress("示例镇", "qianwen", Buffer.from("foobar")),
    "otpauth://totp/%E7%A4%BA%E4%BE%8B%E9%95%87:qianwen?secret=MZXW6YTBOI&issuer=%E7%A4%BA%E4%BE%8B%E9%95%87",
  );
});
