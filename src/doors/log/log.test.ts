import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pino } from "pino";
import { z } from "zod";
import { openLimits } from "#doors/limits";
import { checkProblem } from "#doors/web/browser/verifying";
import { findProblemId } from "#ledger/queries";
import { newId } from "#platform/ids";
import { transact, type Db } from "#platform/town";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { checkLog } from "#standards/tlog/check-log";
import { redactText } from "#audit/redact-text";
import { appendEvent, RESIDENT, SYSTEM } from "#audit/append-event";
import { parseProof } from "#standards/tlog/tlog-proof";
import { actOn, aProblem } from "#test/desk";
import { aNotary, asScribe } from "#test/notary";
import { AT, aTown, type ATown } from "#test/town";
import { isOfTheLog, logApp } from "./app.ts";

const Covered = z.object({ redacted: z.object({ on: z.string(), because: z.string().nullable() }) }).transform(() => ({}));
const Page = z.object({
  checkpoint: z.string(),
  leaves: z.array(
    z.object({
      leaf: z.number(),
      entry: z.string(),
      proof: z.array(z.string()),
      opening: z.record(z.string(), z.union([z.object({ text: z.string(), salt: z.string() }), Covered])),
    }),
  ),
  next: z.string().nullable(),
});
const Opened = z.object({ leaf: z.number(), entry: z.string(), opening: z.record(z.string(), z.unknown()) });

async function aDoor(context: TestContext) {
  const t = await aTown(context);
  const notary = aNotary();
  await nameLog(t.town, notary, new URL("https://ledger.example"));
  const { keys, blobs } = t.town;
  const { db, questions } = counting(t.town.db);
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
  /** How many questions an answer takes of the database. */
  const costOf = async (path: string) => {
    const before = questions();
    const { status } = await get(path);
    return { status, questions: questions() - before };
  };
  return { ...t, notary, get, open, costOf, integrate: () => integrateEvents(t.town, asScribe(notary), AT) };
}

function counting(plain: Db) {
  let asked = 0;
  const db = plain.withPlugin({
    transformQuery({ node }) {
      asked += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { db, questions: () => asked };
}

const NEIGHBOURS = 230;
/** Near the longest event there may be. */
const LONG = "0".repeat(60_000);

/** A problem with leaves for three answers by their number, and for two by their length. */
async function aCrowdedProblem(t: ATown): Promise<string> {
  const number = await aProblem(t);
  const problem = await findProblemId(t.town, number);
  assert.ok(problem);
  const subject = { kind: "problem" as const, id: problem };
  await transact(t.town, async (town) => {
    for (let count = 1; count <= NEIGHBOURS; count += 1)
      await appendEvent(town, RESIDENT, AT, { verb: "problem.me-too", subject, facts: { count } });
    for (let n = 0; n < 6; n += 1) await appendEvent(town, SYSTEM, AT, { verb: "problem.dated", subject, facts: { dueOn: LONG } });
  });
  return number;
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
  const { open, integrate, get, town, ...t } = await aDoor(context);
  const number = await aProblem({ ...t, town });
  await actOn({ ...t, town }, number, "assign", t.cast.zhengShang, AT);
  await integrate();
  for (const leaf of [0, 1]) {
    const { entry } = await open(leaf);
    assert.doesNotMatch(entry, /\p{Script=Han}/u);
  }
  const assigned = await open(1);
  assert.deepEqual(Object.keys(assigned.opening).sort(), ["goal", "leader1", "measures", "unitName"]);
  const event = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "problem.assigned").executeTakeFirstOrThrow();
  await redactText(town, SYSTEM, AT, { event: event.id, field: "goal", reason: "写了别人的住处" });
  await integrate();
  const redacted = await open(1);
  assert.deepEqual(redacted.opening["goal"], { redacted: { on: "2026-07-28", because: "写了别人的住处" } });
  assert.equal(redacted.entry, assigned.entry);
  const read = async (address: string) => Page.parse(JSON.parse(await (await get(address)).text()));
  const vkeys = [(await (await get("/log/vkey")).text()).trim()];
  assert.deepEqual(
    await checkProblem(read, number, vkeys),
    { is: "holds", because: "allButCovered", about: "3" },
    "and says so to whoever checks",
  );
});

test("a problem that a whole town has too is read page by page, each leaf once, each proof holding", async (context) => {
  const t = await aDoor(context);
  const quiet = await aProblem(t);
  const crowded = await aCrowdedProblem(t);
  await t.integrate();
  const leaves: number[] = [];
  const read = async (address: string) => {
    const response = await t.get(address);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    assert.ok(text.length < 600_000, `${address}: ${text.length} characters in one answer`);
    const page = Page.parse(JSON.parse(text));
    assert.equal(response.headers.get("link"), page.next === null ? null : `<${page.next}>; rel="next"`);
    leaves.push(...page.leaves.map(({ leaf }) => leaf));
    return page;
  };
  const vkeys = [(await (await t.get("/log/vkey")).text()).trim()];
  const all = NEIGHBOURS + 7;
  assert.deepEqual(await checkProblem(read, crowded, vkeys), { is: "holds", because: "allIn", about: String(all) });
  assert.deepEqual(
    leaves,
    Array.from({ length: all }, (_, n) => n + 1),
  );
  const one = await t.costOf(`/log/problem/${quiet}.json`);
  assert.deepEqual(await t.costOf(`/log/problem/${crowded}.json`), one);
  assert.deepEqual(await t.costOf(`/log/problem/${crowded}.json?after=150`), one);
  assert.equal((await t.get(`/log/problem/${crowded}.json?after=-1`)).status, 400);
  assert.equal((await t.get(`/log/problem/${crowded}.json?after=${all}`)).status, 404, "nothing is behind the last");
});

test("a page that leads back to itself does not hold the reader for ever", async (context) => {
  const t = await aDoor(context);
  const number = await aProblem(t);
  await t.integrate();
  const vkeys = [(await (await t.get("/log/vkey")).text()).trim()];
  const address = `/log/problem/${number}.json`;
  const page = Page.parse(await (await t.get(address)).json());
  const round = (leaves: typeof page.leaves) => checkProblem(() => Promise.resolve({ ...page, leaves, next: address }), number, vkeys);
  assert.deepEqual(await round(page.leaves), { is: "fails", because: "badProof", about: "0" });
  assert.deepEqual(await round([]), { is: "fails", because: "badProof", about: "" });
});

test("who just acted is made to wait for the receipt; nobody waits for what never happened", async (context) => {
  const t = await aDoor(context);
  const number = await aProblem(t);
  await t.integrate();
  await t.get("/log/checkpoint"); // from here on the town is known by its host
  for (const unknown of [`report/${newId(AT)}`, `problem/${number}`, "problem/SL-2026-9999", "leaf/1", "leaf/999999999"])
    assert.deepEqual(await t.costOf(`/log/receipt/${unknown}.tlog-proof`), { status: 404, questions: 1 }, unknown);
  const report = newId(AT);
  await appendEvent(t.town, RESIDENT, AT, { verb: "report.received", subject: { kind: "report", id: report } });
  const asked = t.get(`/log/receipt/report/${report}.tlog-proof`);
  await wait(150);
  await t.integrate();
  const receipt = await asked;
  assert.equal(receipt.status, 200);
  assert.equal(parseProof(await receipt.text())?.index, 1);
});

test("the door answers for its own addresses only", () => {
  for (const path of ["/log/checkpoint", "/log/tile/0/000", "/witness/add-checkpoint", "/log/vkey"]) assert.ok(isOfTheLog(path), path);
  for (const path of ["/log", "/log/notice", "/log/leaf/3", "/ledger", "/verify"]) assert.ok(!isOfTheLog(path), path);
});
