import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Client } from "pg";
import { burst, quantile, sendersOf } from "#test/burst";
import { aTownIn, complaints } from "#test/breaking/reporter";
import { aDataFolder, aProgram } from "#test/program-runs";

const MANY = 500;

test(
  "five hundred residents press send in the same second: all get a receipt of their own, and pages answer",
  { timeout: 600_000 },
  async (t) => {
    const folder = await aDataFolder(t);
    const program = await aProgram(t, folder);
    await aTownIn(folder);
    const senders = await sendersOf(program.origin, MANY, await complaints(program.origin));
    const { statuses, led, wholeMs, sendMs, readStatuses, readMs } = await burst(program.origin, senders);
    assert.deepEqual(
      statuses.filter((status) => status !== 303),
      [],
    );
    assert.equal(new Set(led).size, MANY);
    for (const receipt of led) assert.match(receipt, /^\/receipt\//);
    assert.ok(readStatuses.length > 0);
    assert.deepEqual(
      readStatuses.filter((status) => status >= 400),
      [],
    );
    assert.equal(await reportsIn(folder), MANY);
    const p99 = quantile(readMs, 0.99);
    t.diagnostic(`${MANY} sent in ${Math.round(wholeMs)} ms; ${readMs.length} pages meanwhile, p99 ${Math.round(p99)} ms`);
    const ahead = quantile(sendMs, 0.5);
    assert.ok(p99 <= ahead, `who only read waited ${p99} ms, as long as half of those who sent (${ahead} ms)`);
    assert.equal(await program.end("SIGTERM"), 0);
  },
);

async function reportsIn(folder: string): Promise<number> {
  const client = new Client({ host: join(folder, "postgres/socket"), user: "sanwen", database: "sanwen" });
  await client.connect();
  const { rows } = await client.query<{ reports: number }>("select count(*)::int as reports from intake.report");
  await client.end();
  return rows[0]?.reports ?? 0;
}
