import { Client } from "pg";
import { aSession } from "#test/session";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import type { Ledger } from "./ledgers.ts";
import { median, ratesOf } from "./measure.ts";
import { connectionOf } from "./plan.ts";
import { idOf, TOWN } from "./place.ts";

const FEW_REPORTS = 100;
const MANY_REPORTS = 100_000;

const TIMES_ALONE = 101;

/**
 * How many times longer a page of the office takes when 100,000 reports wait than when 100 do; and the milliseconds of its first page
 * then, asked by one officer alone, the middle of a hundred and one.
 */
export type OfficeMeasured = { readonly today: number; readonly inbox: number; readonly todayMs: number };

/** The intake desk of a running program, asked for its pages with few reports waiting and with many. */
export async function measureOffice(ledger: Ledger, origin: string): Promise<OfficeMeasured> {
  const client = new Client(await connectionOf(ledger));
  await client.connect();
  try {
    const headers = { cookie: `session=${await signIn(ledger, client)}` };
    const pages = { today: { url: `${origin}/office`, headers }, inbox: { url: `${origin}/office/inbox`, headers } };
    await waitingReports(client, FEW_REPORTS);
    const few = await ratesOf(pages);
    await waitingReports(client, MANY_REPORTS);
    const many = await ratesOf(pages);
    const longer = (name: keyof typeof pages) => (few.get(name) ?? Number.NaN) / (many.get(name) ?? Number.NaN);
    return { today: longer("today"), inbox: longer("inbox"), todayMs: await msAlone(pages.today) };
  } finally {
    await client.query("truncate intake.report cascade");
    await client.end();
  }
}

async function msAlone({ url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> }): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES_ALONE; time += 1) {
    const asked = performance.now();
    await (await fetch(url, { headers })).arrayBuffer();
    times.push(performance.now() - asked);
  }
  return median(times);
}

/** An officer with the duties of the intake desk, signed in; returns the session's token. */
async function signIn(ledger: Ledger, client: Client): Promise<string> {
  const officer = idOf("officer", 1);
  for (const duty of ["clerk", "office"]) {
    await client.query(
      "insert into people.duty (town, id, officer, duty, granted_at) select $1, gen_random_uuid(), $2, $3, now() " +
        "where not exists (select from people.duty where town = $1 and officer = $2 and duty = $3)",
      [TOWN, officer, duty],
    );
  }
  await client.query(
    "insert into people.credential (town, account, password_hash, set_at, set_by) values ($1, $2, 'none', now(), $2) " +
      "on conflict do nothing",
    [TOWN, officer],
  );
  const db = openDatabase(await connectionOf(ledger));
  try {
    const keys = { algorithms: "international" as const, for: () => Buffer.alloc(32) };
    return await aSession({ id: TOWN, db, keys, blobs: openBlobs("/nonexistent") }, { id: officer }, new Date());
  } finally {
    await db.destroy();
  }
}

/** So many reports that nobody has answered; triggers sleep, as when a ledger is loaded. */
async function waitingReports(client: Client, count: number): Promise<void> {
  await client.query("truncate intake.report cascade");
  await client.query("set session_replication_role = replica");
  await client.query(
    `insert into intake.report (town, id, channel, status, category, title, details, place, village, receipt_hash, received_at,
      first_reply_due_at)
     select $1, (lpad(to_hex(n), 12, '0') || '79008000' || lpad(to_hex(n), 12, '0'))::uuid, 'web', 'received', $3, '路灯不亮 ' || n,
       '晚上七点以后整段路都是黑的', '三组', $4, sha256(n::text::bytea), now() - n * interval '1 minute', now() + (n % 7000 - 2000) * interval '1 minute'
     from generate_series(1, $2::int) n`,
    [TOWN, count, idOf("category", 3), idOf("village", 0)],
  );
  await client.query("reset session_replication_role");
  await client.query("vacuum (analyze) intake.report");
}
