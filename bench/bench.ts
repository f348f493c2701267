import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client, type PoolConfig } from "pg";
import { ledgerOf, onDatabase, type Ledger } from "./ledgers.ts";
import { median, rateOnce, ratesOf, SECONDS, somebody, type Target } from "./measure.ts";
import { connectionOf, floorPlan, PAGES } from "./plan.ts";
import { TOWN } from "./place.ts";
import { measureProof, type ProofMeasured } from "./proof.ts";
import { memoryMb, startFloor, startProgram } from "./program.ts";
import { weightsOf, type Weight } from "./weights.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const SERVER = process.env["DATABASE_URL"] ?? null;
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const WARM_STARTS = 3;

type Measured = {
  /** Reports with the log on, of reports without. */
  readonly withLog: number;
  readonly rates: ReadonlyMap<string, number>;
  readonly startMs: number;
  readonly memory: number | null;
  readonly weights: readonly Weight[];
};

async function measure(ledger: Ledger): Promise<Measured> {
  await onDatabase(ledger, sweep);
  await rm(join(ledger.folder, "log"), { recursive: true, force: true }); // what was signed over the events just swept
  const starts: number[] = [];
  for (let start = 1; start < WARM_STARTS; start++) {
    const again = await startProgram(ledger);
    starts.push(again.startMs);
    await again.stop();
  }
  const program = await startProgram(ledger);
  const memory = memoryMb(program, ledger);
  const floor = await startFloor(JSON.stringify(await floorPlan(program.origin, ledger, TODAY)));
  try {
    const rates = new Map(await ratesOf(targetsOf(program.origin, floor.origin)));
    const withLog = await shareWithLog(ledger, program.origin);
    process.stderr.write(`${ledger.count}: ${JSON.stringify(Object.fromEntries(rates))}\n`);
    const weights = await weightsOf(program.origin, ["/", PAGES.list, PAGES.entry, "/figures", "/report/what", "/track"]);
    return { rates, withLog, startMs: median([...starts, program.startMs]), memory, weights };
  } finally {
    await floor.stop();
    await program.stop();
  }
}

function targetsOf(program: string, floor: string): Readonly<Record<string, Target>> {
  const pages = Object.entries(PAGES).map(([name, path]) => [name, { url: program + path }] as const);
  const floors = (["list", "entry", "api"] as const).map((name) => [`${name} floor`, { url: floor + PAGES[name] }] as const);
  return {
    ...Object.fromEntries([...pages, ...floors]),
    report: { url: `${program}/api/v1/reports`, post: aReport },
    "report floor": { url: `${floor}/report`, post: aReport },
  };
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

type Row = { readonly work: string; readonly measured: string; readonly mark: string; readonly holds: boolean };

function rowsOf(few: Measured, many: Measured, proof: ProofMeasured): readonly Row[] {
  const share = (of: Measured, one: string, other: string) => (of.rates.get(one) ?? Number.NaN) / (of.rates.get(other) ?? Number.NaN);
  const atLeast = (work: string, value: number, mark: number): Row => ({
    work,
    measured: value.toFixed(2),
    mark: `≥ ${mark}`,
    holds: value >= mark,
  });
  const atMost = (work: string, value: number, mark: number, unit = "×"): Row => ({
    work,
    measured: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`,
    mark: `≤ ${mark} ${unit}`,
    holds: value <= mark,
  });
  const growth = (name: string) => (few.rates.get(name) ?? Number.NaN) / (many.rates.get(name) ?? Number.NaN);
  const heaviest = Math.max(...many.weights.filter(({ name }) => name !== "CSS").map(({ kb }) => kb));
  return [
    atLeast("`/ledger` by status and theme, 20 of 1,000,000, of the floor", share(many, "list", "list floor"), 0.5),
    atLeast("`/ledger/:number`, of the floor", share(many, "entry", "entry floor"), 0.5),
    atLeast("`/api/v1/problems`, 25 of 1,000,000, of the floor", share(many, "api", "api floor"), 0.6),
    atLeast("`POST /api/v1/reports`, of a handler with one INSERT and commit", share(many, "report", "report floor"), 0.4),
    atMost("search for a common word, time of the list", share(many, "list", "common"), 3),
    atMost("search for a word on 2 of 100 entries, time of the list", share(many, "list", "middling"), 3),
    atMost("search for a rare word, time of the list", share(many, "list", "rare"), 2),
    ...Object.entries({
      list: "`/ledger`",
      entry: "`/ledger/:number`",
      api: "`/api/v1/problems`",
      report: "`POST /api/v1/reports`",
      common: "common word",
      rare: "rare word",
    }).map(([name, work]) => atMost(`${work}, 1,000,000 against 10,000`, growth(name), 1.5)),
    atLeast("events given their places a second, of 1,000,000", proof.integrated, 5000),
    atMost("proof of one leaf of 1,000,000, at the server, median", proof.proofMs.median, 5, "ms"),
    atMost("the same, 99 of 100", proof.proofMs.p99, 5, "ms"),
    atLeast("leaves verified a second by one core, on files", proof.verified, 200_000),
    atLeast("reports with the log on, of reports without", many.withLog, 0.9),
    atMost("warm start to the first page", many.startMs / 1000, 2, "s"),
    ...(many.memory === null
      ? []
      : [
          atMost(
            SERVER === null ? "memory after start, database included" : "memory after start, without the database",
            many.memory,
            256,
            "MB",
          ),
        ]),
    atMost("heaviest public page, HTML gzipped", heaviest, 12, "KB"),
    ...many.weights.filter(({ name }) => name === "CSS").map(({ kb }) => atMost("CSS, gzipped, once", kb, 40, "KB")),
  ];
}

function print(rows: readonly Row[]): void {
  const [cpu] = cpus();
  console.log(
    `\n${cpus().length} × ${cpu?.model ?? "?"}, Node ${process.version}, ${SERVER === null ? "embedded PostgreSQL" : "PostgreSQL of DATABASE_URL"}; 16 connections, medians of 3\n`,
  );
  console.log("| work | measured | mark | |\n| --- | --- | --- | --- |");
  for (const { work, measured, mark, holds } of rows) console.log(`| ${work} | ${measured} | ${mark} | ${holds ? "" : "missed"} |`);
}

const few = await measure(await ledgerOf(FEW, SERVER));
const many = await measure(await ledgerOf(MANY, SERVER));
print(rowsOf(few, many, await measureProof()));
