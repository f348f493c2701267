import assert from "node:assert/strict";
import { scryptSync } from "node:crypto";
import { test } from "node:test";
import { isOfHash, makeHash } from "./password-hash.ts";

test("a hash opens to its password, however its letters are composed, and to no other", async () => {
  const hash = await makeHash("Café-青山-2026");
  assert.match(hash, /^\$scrypt\$ln=14,r=16,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.equal(await isOfHash(hash, "Café-青山-2026"), true);
  assert.equal(await isOfHash(hash, "Cafe\u0301-青山-2026"), true);
  assert.equal(await isOfHash(hash, "Cafe-青山-2026"), false);
  assert.notEqual(await makeHash("Café-青山-2026"), hash, "a salt of its own");
});

test("what was kept before passwords were hashed in this way still opens", async () => {
  const before = [
    "c05a333ac865b22b4b533371ed60afac",
    "84156f9a091d27f88695193d3f5ca956500a31a28334d8656e0fd9724b940b4df8546b9f2b872da7f3b034ad9d7ea6ade23799e8a415de856f03591e8b140227",
  ].join(":");
  assert.equal(await isOfHash(before, "青山Ⅷ-Old-Pass1"), true);
  assert.equal(await isOfHash(before, "青山VIII-Old-Pass1"), true);
  assert.equal(await isOfHash(before, "青山Ⅷ-Old-Pass2"), false);
});

test("a hash of another cost opens by the cost it names", async () => {
  const salt = Buffer.from("sixteen bytes of");
  const key = scryptSync("Abc-123-def", salt, 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 });
  const hash = `$scrypt$ln=15,r=8,p=3$${salt.toString("base64").replace(/=+$/, "")}$${key.toString("base64").replace(/=+$/, "")}`;
  assert.equal(await isOfHash(hash, "Abc-123-def"), true);
  assert.equal(await isOfHash(hash.replace("p=3", "p=2"), "Abc-123-def"), false);
});

test("what is no hash is a fault, not a wrong password", async () => {
  for (const text of ["", "none", "a:b", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$a2V5", "$scrypt$ln=14,r=16$c2FsdA$a2V5"])
    await assert.rejects(isOfHash(text, "x"), /of no known form/, text);
});
