import assert from "node:assert/strict";
import { test } from "node:test";
import { addressInstead } from "./one-address.ts";

const instead = (path: string, method = "GET") => addressInstead({ method, url: `https://ledger.example${path}` });

test("a number is one address however it is written, at every door, with what stands behind it", () => {
  for (const number of [
    "sl-2026-0007",
    "Sl-2026-7",
    "%EF%BC%B3%EF%BC%AC-2026-%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%97",
    "SL%E2%80%942026%E2%80%940007",
    "%E2%80%ADSL-2026%E2%80%8B-0007%E2%80%AC",
    "%E7%BC%96%E5%8F%B7%EF%BC%9ASL-2026-7",
    "SL-2026-0007/",
  ])
    assert.equal(instead(`/ledger/${number}`), "/ledger/SL-2026-0007", number);
  assert.equal(instead("/ledger/sl-2026-0007?a=b&c="), "/ledger/SL-2026-0007?a=b&c=");
  assert.equal(instead("/office/ledger/sl-2026-0007/assign"), "/office/ledger/SL-2026-0007/assign");
  assert.equal(instead("/api/v1/problems/sl-2026-0007/events"), "/api/v1/problems/SL-2026-0007/events");
  assert.equal(instead("/log/problem/sl-2026-0007.json"), "/log/problem/SL-2026-0007.json");
  assert.equal(instead("/ledger/SL-2026-12345"), null);
});

test("slashes at the end lead to the address without, and never to another host", () => {
  assert.equal(instead("/ledger/"), "/ledger");
  assert.equal(instead("/ledger///?q=%E8%B7%AF"), "/ledger?q=%E8%B7%AF");
  assert.equal(instead("/api/"), "/api");
  assert.equal(instead("/office/"), "/office");
  assert.equal(instead("//evil.example/"), "/evil.example");
  assert.equal(instead("//"), "/");
});

test("what has its own address stays, and a form is sent where it is sent", () => {
  for (const path of [
    "/",
    "/?q=1",
    "/ledger",
    "/ledger.atom",
    "/ledger/SL-2026-0007",
    "/ledger/%",
    "/ledger/%E0%A4%A",
    "/ledger/new",
    "/log/tile/0/x001",
  ])
    assert.equal(instead(path), null, path);
  assert.equal(instead("/ledger/", "POST"), null);
  assert.equal(instead("/ledger/", "HEAD"), "/ledger");
});
