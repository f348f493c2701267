import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { Client, type PoolConfig } from "pg";
import { buildProgram } from "../scripts/build-program.ts";
import { measureBurst } from "./burst.ts";
import { older, thisOne } from "./checkout.ts";
import { caughtUp, measureCrowd, roomOfTheLog } from "./crowd.ts";
import { measureIdleDetector } from "./followers.ts";
import { loadedOf, onDatabase, type Ledger } from "./ledgers.ts";
import { measureEarlierAnswers } from "./earlier-answers.ts";
import { measureLikeness } from "./likeness.ts";
import { median, rateOnce, ratesOf, SECONDS, somebody, type Target } from "./measure.ts";
import { measureOffice } from "./office.ts";
import { connectionOf, floorPlan, PAGES } from "./plan.ts";
import { TOWN } from "./place.ts";
import { memoryMb, PROGRAM, startFloor, startProgram, type Started } from "./program.ts";
import { rowsOf, table, type Measured, type OwnMeasured, type Rates, type Row } from "./rows.ts";
import { weightsOf } from "./weights.ts";

const FEW = 10_000;
const MANY = Number(process.env["BENCH_PROBLEMS"] ?? 1_000_000);
const SERVER = process.env["DATABASE_URL"] ?? null;
/** An older checkout, whose program is measured in turns with this one's. */
const BEFORE = process.env["BENCH_BEFORE"];
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const WARM_STARTS = 3;
const CHECKOUTS = [thisOne(SERVER), ...(BEFORE === undefined ? [] : [older(BEFORE)])];

type Running = { readonly ledger: Ledger; readonly program: Started; readonly startMs: number; readonly memory: number | null };

/** Starts the program of every checkout on its ledger of this size, each so many times, and stops them when the work is done. */
async function withPrograms<T>(count: number, starts: number, work: (running: readonly Running[]) => Promise<T>): Promise<T> {
  const running: Running[] = [];
  try {
    for (const checkout of CHECKOUTS) running.push(await run(await checkout.ledger(count), checkout.root, starts));
    return await work(running);
  } finally {
    for (const { program } of running) await program.stop();
  }
}

async function run(ledger: Ledger, root: string, times: number): Promise<Running> {
  await onDatabase(ledger, sweep);
  await rm(join(ledger.folder, "log"), { recursive: true, force: true }); // what was signed over the events just swept
  const starts: number[] = [];
  for (let start = 1; start < times; start++) {
    const again = await startProgram(ledger, root);
    starts.push(again.startMs);
    await again.stop();
  }
  const program = await startProgram(ledger, root);
  return { ledger, program, startMs: median([...starts, program.startMs]), memory: memoryMb(program, ledger) };
}

/** On the small ledger: only what shows how the same work grows. */
async function measureFew(running: readonly Running[]): Promise<readonly Rates[]> {
  return ratesInTurns(running, ["list", "entry", "api", "common", "rare", "figures", "report"], {});
}

/** On the large one everything: all programs in turns, beside one floor. */
async function measureMany(running: readonly Running[]): Promise<readonly Measured[]> {
  const rates = await besideTheFloor(running);
  const measured: Measured[] = [];
  for (const [i, { ledger, program, startMs, memory }] of running.entries()) {
    const withLog = await shareWithLog(ledger, program.origin);
    const weights = await weightsOf(program.origin, ["/", PAGES.list, PAGES.entry, "/figures", "/report/what", "/track"]);
    const own = i === 0 ? await measureOwn(ledger, program.origin) : null;
    measured.push({ rates: rates[i] ?? new Map(), withLog, startMs, memory, weights, loaded: await loadedOf(ledger), own });
  }
  return measured;
}

async function besideTheFloor(running: readonly Running[]): Promise<readonly Rates[]> {
  const [now] = running;
  if (now === undefined) throw new Error("couldn't measure: no program runs");
  const floor = await startFloor(JSON.stringify(await floorPlan(now.program.origin, now.ledger, TODAY)));
  try {
    return await ratesInTurns(running, [...Object.keys(PAGES), "report"], floorsOf(floor.origin));
  } finally {
    await floor.stop();
  }
}

async function measureOwn(ledger: Ledger, origin: string): Promise<OwnMeasured> {
  const crowd = await measureCrowd(ledger, origin);
  const idleDetectorMs = await measureIdleDetector(ledger);
  const likeness = await measureLikeness(ledger);
  const answers = await measureEarlierAnswers(ledger);
  return { burst: await measureBurst(origin), crowd, office: await measureOffice(ledger, origin), idleDetectorMs, likeness, answers };
}

/** The rates of each program with those of the floor, all asked in turns. */
async function ratesInTurns(
  running: readonly Running[],
  names: readonly string[],
  floors: Readonly<Record<string, Target>>,
): Promise<readonly Rates[]> {
  // The same page of both programs one after the other: what else the machine does changes in seconds.
  const targets = names.flatMap((name) =>
    running.flatMap(({ program }, i) => {
      const target = targetsOf(program.origin)[name];
      return target === undefined ? [] : [[`${i} ${name}`, target] as const];
    }),
  );
  const rates = await ratesOf(Object.fromEntries([...targets, ...Object.entries(floors)]));
  process.stderr.write(`${JSON.stringify(Object.fromEntries(rates))}\n`);
  return running.map(
    (_, i) => new Map([...rates].map(([name, rate]) => [name.startsWith(`${i} `) ? name.slice(`${i} `.length) : name, rate] as const)),
  );
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

/**
 * Reports with the log on, of reports while the program gives no events their places (the town's lock, that whoever does holds, is
 * held here). Both in turns, each without between two with: on a shared machine only neighbours can be compared.
 */
async function shareWithLog(ledger: Ledger, origin: string): Promise<number> {
  const client = new Client(await connectionOf(ledger));
  await client.connect();
  const rate = async () => {
    await caughtUp(client);
    return rateOnce({ url: `${origin}/api/v1/reports`, post: aReport }, { duration: SECONDS });
  };
  const room = await roomOfTheLog(client);
  const lock = (act: "lock" | "unlock") => client.query(`select pg_advisory_${act}(hashtextextended($1, 0))`, [`${room}/${TOWN}`]);
  const shares: number[] = [];
  try {
    let before = await rate();
    for (let pair = 0; pair < PAIRS; pair++) {
      await caughtUp(client);
      await lock("lock");
      const without = await rateOnce({ url: `${origin}/api/v1/reports`, post: aReport }, { duration: SECONDS });
      await lock("unlock");
      const after = await rate();
      shares.push((before + after) / 2 / without);
      before = after;
    }
    return median(shares);
  } finally {
    await client.end();
  }
}

const MADE_BY_THE_BENCH = ["report.received", "problem.me-too"];

/** Takes away what an earlier run of the bench reported, and gives the floor its table. */
async function sweep(connection: PoolConfig): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query("truncate intake.report, intake.sending cascade");
    await client.query(
      "delete from audit.private_text w using audit.event e where e.town = $1 and e.verb = any ($2) and w.town = e.town and w.event = e.id",
      [TOWN, MADE_BY_THE_BENCH],
    );
    await client.query("delete from audit.event where town = $1 and verb = any ($2)", [TOWN, MADE_BY_THE_BENCH]);
    const room = await roomOfTheLog(client);
    const tables = ["leaf", "tile", "tree", "checkpoint", ...(room === "log" ? ["cursor", "set_aside"] : [])];
    await client.query(`truncate audit.waiting, proof.cosignature, ${tables.map((table) => `${room}.${table}`).join(", ")}`);
    await client.query("drop table if exists bench_floor");
    await client.query("create table bench_floor (id uuid primary key, body text not null)");
  } finally {
    await client.end();
  }
}

/** The same work by both programs in turns; the older one is compared with the same floor. */
const began = performance.now();
await buildProgram("bench/beyond-a-town.ts", PROGRAM);
const few = await withPrograms(FEW, 1, measureFew);
const many = await withPrograms(MANY, WARM_STARTS, measureMany);
const tables: Row[][] = [];
for (const [i, checkout] of CHECKOUTS.entries()) {
  const [onFew, onMany] = [few[i], many[i]];
  if (onFew === undefined || onMany === undefined) throw new Error("couldn't find what was measured of a checkout");
  tables.push([...rowsOf({ few: FEW, many: MANY }, onFew, onMany, await checkout.proof(), SERVER === null)]);
}
const [cpu] = cpus();
const minutes = Math.round((performance.now() - began) / 60_000);
console.log(
  `\n${cpus().length} × ${cpu?.model ?? "?"}, Node ${process.version}, ` +
    `${SERVER === null ? "embedded PostgreSQL" : "PostgreSQL of DATABASE_URL"}; ${MANY.toLocaleString("en")} problems, ` +
    `16 connections, medians of 9, ${minutes} minutes\n`,
);
console.log(table(tables[0] ?? [], tables[1] ?? null));
