import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { aTown } from "#test/town";
import { aProgram, ORIGIN } from "#test/door";

const SAFE = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "strict-transport-security",
  "permissions-policy",
  "cross-origin-opener-policy",
];

test("every answer carries the safe headers: pages, refusals, leads elsewhere, files and faults", async (t) => {
  const { town } = await aTown(t);
  const { app } = aProgram(town);
  const broken = aProgram({ ...town, id: town.id, db: town.db }, { now: () => new Date(Number.NaN) }).app;
  for (const [where, path, init] of [
    [app, "/", {}],
    [app, "/nowhere", {}],
    [app, "/ledger?theme=x", {}],
    [app, "/office", {}],
    [app, "/healthz", {}],
    [app, "/assets/none.css", {}],
    [app, "/ledger.atom", {}],
    [app, "/ledger/SL-2026-0001/me-too", { method: "POST", headers: { origin: "https://evil.example", "content-type": "text/plain" } }],
    [broken, "/", {}],
  ] as const) {
    const response = await where.request(`${ORIGIN}${path}`, init);
    for (const name of SAFE) assert.ok(response.headers.has(name), `${path} ${response.status} without ${name}`);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'; script-src 'self';/);
  }
});

test("a page goes out packed to a browser that reads gzip, plain to one that does not", async (t) => {
  const { town } = await aTown(t);
  const { app } = aProgram(town);
  const plain = await app.request(`${ORIGIN}/`);
  assert.equal(plain.headers.get("content-encoding"), null);
  const packed = await app.request(`${ORIGIN}/`, { headers: { "accept-encoding": "br, gzip" } });
  assert.equal(packed.headers.get("content-encoding"), "gzip");
  assert.match(packed.headers.get("vary") ?? "", /accept-encoding/i);
  assert.equal(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString(), await plain.text());
  const feed = await app.request(`${ORIGIN}/ledger.atom`, { headers: { "accept-encoding": "gzip" } });
  assert.equal(feed.status, 200);
});
