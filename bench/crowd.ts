import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import type { Ledger } from "./ledgers.ts";
import { ratesOf } from "./measure.ts";
import { connectionOf } from "./plan.ts";
import { TOWN } from "./place.ts";

const FEW_LEAVES = 100;
const MANY_LEAVES = 2_000;
/** An answer carries a hundred proofs: as much work as fifty pages of the ledger. */
const WARM_REQUESTS = 200;

/** How many times longer `/log/problem/:number.json` takes for a problem of 2,000 leaves than for one of 100. */
export async function measureCrowd(ledger: Ledger, origin: string): Promise<number> {
  const client = new Client(await connectionOf(ledger));
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; number: string }>(
      "select id, number from ledger.problem where town = $1 order by ordinal limit 2",
      [TOWN],
    );
    const [few, many] = rows;
    if (few === undefined || many === undefined) throw new Error("couldn't find two problems for neighbours to have too");
    await say(client, few.id, FEW_LEAVES);
    await say(client, many.id, MANY_LEAVES);
    await caughtUp(client);
    const addressOf = ({ number }: { readonly number: string }) => `${origin}/log/problem/${number}.json`;
    if ((await leavesAt(origin, addressOf(many))) !== MANY_LEAVES) throw new Error("couldn't read every leaf of a problem, page by page");
    const rates = await ratesOf(
      {
        few: { url: addressOf(few), fromAnywhere: true },
        many: { url: addressOf(many), fromAnywhere: true },
      },
      WARM_REQUESTS,
    );
    return (rates.get("few") ?? Number.NaN) / (rates.get("many") ?? Number.NaN);
  } finally {
    await client.end();
  }
}

/** The schema of the log: an older program keeps it in the room `proof`. */
export async function roomOfTheLog(client: Client): Promise<"log" | "proof"> {
  const { rows } = await client.query<{ here: boolean }>("select to_regclass('log.leaf') is not null as here");
  return rows[0]?.here === true ? "log" : "proof";
}

/** Waits until every event has its place in the log. */
export async function caughtUp(client: Client): Promise<void> {
  const room = await roomOfTheLog(client);
  for (;;) {
    const { rows } = await client.query<{ behind: boolean }>(
      `select exists (select from audit.waiting) or (select max(number) + 1 from ${room}.leaf where town = $1)
         is distinct from (select max(size) from ${room}.checkpoint where town = $1) as behind`,
      [TOWN],
    );
    if (rows[0]?.behind === false) return;
    await wait(100);
  }
}

async function say(client: Client, problem: string, times: number): Promise<void> {
  await client.query(
    `select audit.append_events($1, jsonb_agg(jsonb_build_object('id', uuidv7(), 'verb', 'problem.me-too', 'actor_kind', 'resident',
       'at', now(), 'subject_kind', 'problem', 'subject', $2::uuid, 'body', '{"facts":{"count":' || n || '},"words":{}}')))
     from generate_series(1, $3::int) n`,
    [TOWN, problem, times],
  );
}

const Page = z.object({ leaves: z.array(z.unknown()), next: z.string().nullable() });

async function leavesAt(origin: string, address: string): Promise<number> {
  let count = 0;
  for (let next: string | null = address; next !== null;) {
    const page = Page.parse(await (await fetch(next)).json());
    count += page.leaves.length;
    next = page.next === null ? null : origin + page.next;
  }
  return count;
}
