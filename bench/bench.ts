import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client, type PoolConfig } from "pg";
import { older, thisOne, type Checkout } from "./checkout.ts";
import { onDatabase, type Ledger } from "./ledgers.ts";
import { median, rateOnce, ratesOf, SECONDS, somebody, type Target } from "./measure.ts";
import { measureOffice } from "./office.ts";
import { connectionOf, floorPlan, PAGES } from "./plan.ts";
import { TOWN } from "./place.ts";
import { memoryMb, startFloor, startProgram, type Started } from "./program.ts";
import { rowsOf, table, type Measured, type Row } from "./rows.ts";
import { weightsOf } from "./weights.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const SERVER = process.env["DATABASE_URL"] ?? null;
/** An older checkout, whose program is measured in turns with this one's. */
const BEFORE = process.env["BENCH_BEFORE"];
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const WARM_STARTS = 3;

type Running = { readonly ledger: Ledger; readonly program: Started; readonly startMs: number; readonly memory: number | null };

/** What every checkout's program does on its ledger of this size: all of them asked in turns, beside one floor. */
async function measure(count: number, checkouts: readonly Checkout[]): Promise<readonly Measured[]> {
  const running: Running[] = [];
  try {
    for (const checkout of checkouts) running.push(await run(await checkout.ledger(count), checkout.root));
    const [now] = running;
    if (now === undefined) throw new Error("couldn't measure: no program runs");
    const floor = await startFloor(JSON.stringify(await floorPlan(now.program.origin, now.ledger, TODAY)));
    try {
      return await ask(count, running, floor.origin);
    } finally {
      await floor.stop();
    }
  } finally {
    for (const { program } of running) await program.stop();
  }
}

async function run(ledger: Ledger, root: string): Promise<Running> {
  await onDatabase(ledger, sweep);
  await rm(join(ledger.folder, "log"), { recursive: true, force: true }); // what was signed over the events just swept
  const starts: number[] = [];
  for (let start = 1; start < WARM_STARTS; start++) {
    const again = await startProgram(ledger, root);
    starts.push(again.startMs);
    await again.stop();
  }
  const program = await startProgram(ledger, root);
  return { ledger, program, startMs: median([...starts, program.startMs]), memory: memoryMb(program, ledger) };
}

async function ask(count: number, running: readonly Running[], floor: string): Promise<readonly Measured[]> {
  const named = (i: number, name: string) => `${i} ${name}`;
  const targets = running.flatMap(({ program }, i) =>
    Object.entries(targetsOf(program.origin)).map(([name, target]) => [named(i, name), target] as const),
  );
  const rates = await ratesOf(Object.fromEntries([...targets, ...Object.entries(floorsOf(floor))]));
  process.stderr.write(`${count}: ${JSON.stringify(Object.fromEntries(rates))}\n`);
  const measured: Measured[] = [];
  for (const [i, { ledger, program, startMs, memory }] of running.entries()) {
    const own = [...rates].map(([name, rate]) => [name.startsWith(`${i} `) ? name.slice(`${i} `.length) : name, rate] as const);
    const withLog = await shareWithLog(ledger, program.origin);
    const weights = await weightsOf(program.origin, ["/", PAGES.list, PAGES.entry, "/figures", "/report/what", "/track"]);
    const office = i === 0 && count === MANY ? await measureOffice(ledger, program.origin) : null;
    measured.push({ rates: new Map(own), withLog, startMs, memory, weights, office });
  }
  return measured;
}

function targetsOf(program: string): Readonly<Record<string, Target>> {
  const pages = Object.entries(PAGES).map(([name, path]) => [name, { url: program + path }] as const);
  return { ...Object.fromEntries(pages), report: { url: `${program}/api/v1/reports`, post: aReport } };
}

function floorsOf(floor: string): Readonly<Record<string, Target>> {
  const pages = (["list", "entry", "api"] as const).map((name) => [`${name} floor`, { url: floor + PAGES[name] }] as const);
  return { ...Object.fromEntries(pages), "report floor": { url: `${floor}/report`, post: aReport } };
}

function aReport() {
  const body = JSON.stringify({
    title: `东塘村三组路灯不亮 ${randomUUID()}`,
    details: "晚上七点以后整段路都是黑的，老人和孩子走路要打手电，请尽快来人看看。",
    category: "kind-3",
    place: "东塘村三组",
    phone: "13800000000",
  });
  return { body, headers: { "content-type": "application/json", "x-forwarded-for": somebody() } };
}

const PAIRS = 6;
const CATCH_UP_MS = 4000;

/**
 * Reports with the log on, of reports while the program gives no events their places (the town's lock, that whoever does holds, is
 * held here). Both in turns, with before and after each without: on a shared machine only neighbours can be compared.
 */
async function shareWithLog(ledger: Ledger, origin: string): Promise<number> {
  const client = new Client(await connectionOf(ledger));
  await client.connect();
  const rate = () => rateOnce({ url: `${origin}/api/v1/reports`, post: aReport }, { duration: SECONDS });
  const lock = (act: "lock" | "unlock") => client.query(`select pg_advisory_${act}(hashtextextended($1, 0))`, [`proof/${TOWN}`]);
  const shares: number[] = [];
  try {
    for (let pair = 0; pair < PAIRS; pair++) {
      const before = await rate();
      await wait(CATCH_UP_MS);
      await lock("lock");
      const without = await rate();
      await lock("unlock");
      await wait(CATCH_UP_MS);
      shares.push((before + (await rate())) / 2 / without);
      await wait(CATCH_UP_MS);
    }
    return median(shares);
  } finally {
    await client.end();
  }
}

/** Takes away what an earlier run of the bench reported, and gives the floor its table. */
async function sweep(connection: PoolConfig): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query("truncate intake.report, intake.sending cascade");
    await client.query(
      "delete from audit.private_text w using audit.event e where e.town = $1 and e.verb = 'report.received' and w.town = e.town and w.event = e.id",
      [TOWN],
    );
    await client.query("delete from audit.event where town = $1 and verb = 'report.received'", [TOWN]);
    await client.query("truncate audit.waiting, proof.leaf, proof.tile, proof.tree, proof.checkpoint, proof.cosignature");
    await client.query("drop table if exists bench_floor");
    await client.query("create table bench_floor (id uuid primary key, body text not null)");
  } finally {
    await client.end();
  }
}

/** The same work by both programs in turns; the older one is compared with the same floor. */
const checkouts = [thisOne(SERVER), ...(BEFORE === undefined ? [] : [older(BEFORE)])];
const few = await measure(FEW, checkouts);
const many = await measure(MANY, checkouts);
const tables: Row[][] = [];
for (const [i, checkout] of checkouts.entries()) {
  const [onFew, onMany] = [few[i], many[i]];
  if (onFew === undefined || onMany === undefined) throw new Error("couldn't find what was measured of a checkout");
  tables.push([...rowsOf(onFew, onMany, await checkout.proof(), SERVER === null)]);
}
const [cpu] = cpus();
console.log(
  `\n${cpus().length} × ${cpu?.model ?? "?"}, Node ${process.version}, ${SERVER === null ? "embedded PostgreSQL" : "PostgreSQL of DATABASE_URL"}; 16 connections, medians of 3\n`,
);
console.log(table(tables[0] ?? [], tables[1] ?? null));
