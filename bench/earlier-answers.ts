import { Client } from "pg";
import { findEarlierAnswers } from "#intake/earlier-answers";
import type { Report } from "#intake/queries";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { pairVector } from "#platform/search-words";
import type { Town } from "#platform/town";
import type { Ledger } from "./ledgers.ts";
import { connectionOf } from "./plan.ts";
import { idOf, TOWN } from "./place.ts";
import { proseOf } from "./prose.ts";

const ANSWERS = 100_000;
const AT_ONCE = 5_000;
const TIMES = 101;

/** Milliseconds of looking among 100,000 answers how such a thing was answered: of the slowest report, the median and 99 of 100. */
export type EarlierAnswersMeasured = { readonly medianMs: number; readonly p99Ms: number };

/** An answered report of each text, asked for by one that tells it shortly, one in a sentence and one in a whole page. */
export async function measureEarlierAnswers(ledger: Ledger): Promise<EarlierAnswersMeasured> {
  const connection = await connectionOf(ledger);
  const client = new Client(connection);
  await client.connect();
  const db = openDatabase(connection);
  try {
    await loadAnswers(client);
    return await slowestOf({ id: TOWN, db, keys: { algorithms: "international", for: () => Buffer.alloc(32) }, blobs: openBlobs("/none") });
  } finally {
    await db.destroy();
    await client.query("truncate intake.report cascade");
    await client.end();
  }
}

async function slowestOf(town: Town): Promise<EarlierAnswersMeasured> {
  const clerk = { id: idOf("officer", 1), unit: idOf("unit", 1), name: "", duties: new Set(["clerk"] as const) };
  let slowest: EarlierAnswersMeasured = { medianMs: 0, p99Ms: 0 };
  for (const [name, report] of Object.entries(reportsSought())) {
    const times: number[] = [];
    let found = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const asked = performance.now();
      found = (await findEarlierAnswers(town, clerk, report))?.length ?? 0;
      times.push(performance.now() - asked);
    }
    times.sort((one, other) => one - other);
    const one = { medianMs: times[Math.floor(TIMES / 2)] ?? Number.NaN, p99Ms: times[Math.floor(TIMES * 0.99)] ?? Number.NaN };
    process.stderr.write(`answered before, ${name}: ${found} shown, ${JSON.stringify(one)}\n`);
    slowest = { medianMs: Math.max(slowest.medianMs, one.medianMs), p99Ms: Math.max(slowest.p99Ms, one.p99Ms) };
  }
  return slowest;
}

function reportsSought(): Readonly<Record<string, Report>> {
  const prose = proseOf(TOWN, 200);
  const [first] = prose;
  const page = prose.map(({ details }) => details).join("");
  return {
    "told shortly": asked("路灯不亮", ""),
    "a sentence": asked(first?.title ?? "", ""),
    "with its details": asked(first?.title ?? "", first?.details ?? ""),
    "a whole page": asked(first?.title ?? "", page.slice(0, 2000)),
  };
}

function asked(title: string, details: string): Report {
  const nothing = { village: null, place: "", lon: null, lat: null, registeredBy: null, problem: null, problemNumber: null };
  const noDay = { firstReplyDueAt: null, firstReplyDueOn: null, firstAnsweredAt: null, unreadSince: null, disputedAt: null, reissue: null };
  const said = { id: idOf("category", 99), category: idOf("category", 3), title, details, photos: [], words: [] };
  return { ...nothing, ...noDay, ...said, channel: "web", status: "received", receivedAt: new Date(), sealed: false, hasIdentity: false };
}

/** Triggers and keys sleep, as when a ledger is loaded. */
async function loadAnswers(client: Client): Promise<void> {
  await client.query("truncate intake.report cascade");
  await client.query("set session_replication_role = replica");
  const prose = proseOf(TOWN, AT_ONCE);
  for (let from = 0; from < ANSWERS; from += AT_ONCE) {
    const rows = prose.map(({ title, details, goal }) => ({ title, details, goal, search: pairVector(TOWN, title, details) }));
    await client.query(LOAD, [TOWN, idOf("category", 3), from, JSON.stringify(rows)]);
  }
  await client.query("reset session_replication_role");
  await client.query("vacuum (analyze) intake.report");
  await client.query("vacuum (analyze) intake.word");
}

const LOAD = `with told as (
    select uuidv7(($3 + n - 400000) * interval '1 minute') as id, t.* from rows from (jsonb_to_recordset($4::jsonb)
      as (title text, details text, goal text, search text)) with ordinality as t(title, details, goal, search, n)),
  reported as (
    insert into intake.report (town, id, channel, status, category, title, details, place, receipt_hash, received_at,
      first_answered_at, search)
    select $1, id, 'web', 'answered', $2, title, details, '', sha256(id::text::bytea), now(), now(), search::tsvector
    from told returning id)
  insert into intake.word (town, id, report, kind, text, said_at)
  select $1, uuidv7(($3 + n - 400000) * interval '1 minute'), told.id, 'answered', goal, now() from told`;
