import { Kysely, PostgresDialect, type CompiledQuery } from "kysely";
import type { PoolConfig } from "pg";
import { openBlobs } from "#platform/blobs";
import { openPool } from "#platform/database";
import { startOf } from "#platform/instant";
import { runningPostgresServer } from "#platform/postgres-server/postgres-server";
import type { DB } from "#platform/schema.generated";
import type { Town } from "#platform/town";
import { readDirectory } from "#publication/directory";
import { ProblemFilter } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { findStory } from "#publication/problem-story";
import type { Plan } from "./floor.ts";
import type { Ledger } from "./ledgers.ts";
import { idOf, TOWN } from "./place.ts";
import { wordsToFind } from "./prose.ts";

const WORDS = wordsToFind();
const NUMBER = "BN-2024-0007";
const FILTERED = { status: "closed", theme: idOf("theme", 1) };
const query = (asked: Readonly<Record<string, string>>) => new URLSearchParams(asked).toString();

/** The pages that are measured. */
export const PAGES = {
  list: `/ledger?${query(FILTERED)}`,
  entry: `/ledger/${NUMBER}`,
  api: `/api/v1/problems?${query({ ...FILTERED, limit: "25" })}`,
  common: `/ledger?${query({ q: WORDS.common })}`,
  middling: `/ledger?${query({ q: WORDS.middling })}`,
  rare: `/ledger?${query({ q: WORDS.rare })}`,
  figures: "/figures",
} as const;

/** What the floor runs: the queries the pages really run, caught as they run, and the bytes the pages really send. */
export async function floorPlan(origin: string, ledger: Ledger, today: string): Promise<Plan> {
  const connection = await connectionOf(ledger);
  const caught: CompiledQuery[] = [];
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: openPool(connection) }),
    log: (event) => void caught.push(event.query),
  });
  const town: Town = {
    id: TOWN,
    db,
    keys: { algorithms: "international" as const, for: () => Buffer.alloc(32) },
    blobs: openBlobs("/nonexistent"),
  };
  const names = () => readDirectory(town);
  const asked = { town, at: startOf(today), names, remembered: names };
  await listProblems(asked, ProblemFilter.parse(FILTERED));
  await findStory(town, NUMBER);
  await listProblems(asked, ProblemFilter.parse({ ...FILTERED, limit: 25 }));
  await db.destroy();
  const pages: Plan["pages"] = {};
  for (const [i, path] of [PAGES.list, PAGES.entry, PAGES.api].entries()) {
    const run = caught[i];
    if (run === undefined) throw new Error(`couldn't catch the query of ${path}`);
    const sent = await fetch(origin + path, { headers: { "accept-encoding": "identity" } });
    pages[path] = { sql: run.sql, parameters: [...run.parameters], bytes: (await sent.arrayBuffer()).byteLength };
  }
  return { connection: { ...connection }, pages };
}

export async function connectionOf(ledger: Ledger): Promise<PoolConfig> {
  if (ledger.databaseUrl !== null) return { connectionString: ledger.databaseUrl };
  const running = await runningPostgresServer(ledger.folder);
  if (running === null) throw new Error(`couldn't reach the database of ${ledger.folder}: it does not run`);
  return running.connection;
}
