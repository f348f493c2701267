import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { pino } from "pino";
import { z } from "zod";
import { openLimits } from "#doors/limits";
import { integrateEvents } from "#proof/integrate-events";
import { nameLog } from "#proof/name-log";
import { checkLog } from "#standards/tlog/check-log";
import { redactText } from "#audit/redact-text";
import { SYSTEM } from "#audit/append-event";
import { parseProof } from "#standards/tlog/tlog-proof";
import { actOn, aProblem } from "#test/desk";
import { aNotary } from "#test/notary";
import { AT, aTown } from "#test/town";
import { isOfTheLog, logApp } from "./app.ts";

const Opened = z.object({ leaf: z.number(), entry: z.string(), opening: z.record(z.string(), z.unknown()) });

async function aDoor(context: TestContext) {
  const t = await aTown(context);
  const notary = aNotary();
  await nameLog(t.town, notary, new URL("https://ledger.example"));
  const { db, keys, blobs } = t.town;
  const app = logApp({
    db,
    keys,
    blobs,
    notary,
    log: pino({ level: "silent" }),
    now: () => AT,
    addressOf: () => "192.0.2.1",
    limits: openLimits(),
  });
  const get = async (path: string) => app.request(`https://ledger.example${path}`);
  const open = async (leaf: number) => Opened.parse(await (await get(`/log/opening/${leaf}`)).json());
  return { ...t, notary, get, open, integrate: () => integrateEvents(t.town, notary, AT) };
}

test("before anything happened there is no log to read", async (context) => {
  const { get } = await aDoor(context);
  for (const path of [
    "/log/checkpoint",
    "/log/tile/0/000",
    "/log/opening/0",
    "/log/problem/SL-2026-0001.json",
    "/log/consistency/1-2.json",
  ])
    assert.equal((await get(path)).status, 404, path);
});

test("the log is served with the bytes and headers of the specification, and a reader of it finds it whole", async (context) => {
  const { get, integrate, town, ...t } = await aDoor(context);
  const number = await aProblem({ ...t, town });
  await actOn({ ...t, town }, number, "assign", t.cast.zhengShang, AT);
  await integrate();
  const checkpoint = await get("/log/checkpoint");
  assert.equal(checkpoint.headers.get("content-type")?.toLowerCase(), "text/plain; charset=utf-8");
  assert.match(await checkpoint.text(), /^ledger\.example\/log\n2\n[A-Za-z0-9+/]{43}=\n\n— ledger\.example\/log \S+\n$/u);
  const tile = await get("/log/tile/0/000.p/2");
  assert.equal(tile.headers.get("content-type"), "application/octet-stream");
  assert.equal(tile.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal((await tile.arrayBuffer()).byteLength, 64);
  assert.equal((await (await get("/log/tile/0/000.p/1")).arrayBuffer()).byteLength, 32);
  for (const path of ["/log/tile/0/000", "/log/tile/0/000.p/3", "/log/tile/1/000.p/1", "/log/tile/0/0", "/log/tile/0/000.p/0"])
    assert.equal((await get(path)).status, 404, path);
  const vkey = (await (await get("/log/vkey")).text()).trim();
  const read = async (path: string) => {
    const response = await get(`/log/${path}`);
    return response.status === 404 ? null : new Uint8Array(await response.arrayBuffer());
  };
  assert.ok((await checkLog(read, { vkeys: [vkey], witnesses: [] }, () => undefined)).holds);
  const receipt = parseProof(await (await get(`/log/receipt/leaf/1.tlog-proof`)).text());
  assert.equal(receipt?.index, 1);
  assert.equal((await get("/log/receipt/problem/SL-2026-0001.tlog-proof")).status, 404, "it was not struck off yet");
});

test("a leaf holds no word and no name; what is public lies open beside it, and says when it was redacted and why", async (context) => {
  const { open, integrate, town, ...t } = await aDoor(context);
  const number = await aProblem({ ...t, town });
  await actOn({ ...t, town }, number, "assign", t.cast.zhengShang, AT);
  await integrate();
  for (const leaf of [0, 1]) {
    const { entry } = await open(leaf);
    assert.doesNotMatch(entry, /\p{Script=Han}/u);
  }
  const assigned = await open(1);
  assert.deepEqual(Object.keys(assigned.opening).sort(), ["goal", "leader1", "measures"]);
  const event = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "problem.assigned").executeTakeFirstOrThrow();
  await redactText(town, SYSTEM, AT, { event: event.id, field: "goal", reason: "写了别人的住处" });
  await integrate();
  const redacted = await open(1);
  assert.deepEqual(redacted.opening["goal"], { redacted: { on: "2026-07-28", because: "写了别人的住处" } });
  assert.equal(redacted.entry, assigned.entry);
});

test("the door answers for its own addresses only", () => {
  for (const path of ["/log/checkpoint", "/log/tile/0/000", "/witness/add-checkpoint", "/log/vkey"]) assert.ok(isOfTheLog(path), path);
  for (const path of ["/log", "/log/notice", "/log/leaf/3", "/ledger", "/verify"]) assert.ok(!isOfTheLog(path), path);
});
