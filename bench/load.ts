import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { Client, type PoolConfig } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { settleTown } from "#office/settle-town";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { namedVector, searchText, searchVector } from "#platform/search-words";
import { CATEGORIES, entries, idOf, LEADERS, THEMES, TODAY, TOWN, UNITS, VILLAGES, type Entry } from "./place.ts";
import { proseOf, type Prose } from "./prose.ts";

const DISTINCT_TEXTS = 50_000;

/** Rows come in so many problems at a time, so that what is lost when a loading is stopped is bounded, and so is what memory holds. */
const SLICE = 500_000;

/**
 * Fills a migrated database with a town of `count` problems and three events each. Triggers sleep while rows come in
 * by COPY (session_replication_role), the word index is built once at the end, the tallies are counted from the rows. Each step is
 * written down with its seconds as it commits: a loading that was stopped goes on where it was. Returns the seconds of all of them.
 */
export async function load(connection: PoolConfig, count: number): Promise<number> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query("set maintenance_work_mem = '1GB'");
    await client.query("set synchronous_commit = off");
    await client.query("create table if not exists bench_step (name text primary key, seconds float8 not null)");
    await step(client, "the town", () => furnish(client));
    const prose = proseOf(TOWN, Math.min(count, DISTINCT_TEXTS));
    await copy(client, "problems", PROBLEM_COPY, count, (entry) => problemLine(entry, proseAt(prose, entry.n)));
    await copy(client, "events", EVENT_COPY, count, eventLines);
    await copy(client, "their words", WORD_COPY, count, (entry) => wordLines(entry, proseAt(prose, entry.n)));
    await step(client, "word index", () => client.query("create index problem_search on ledger.problem using gin (search)"));
    await stepAgain(client, "tallies", () => countTallies(client));
    await stepAgain(client, "what waits", () => settle(connection));
    for (const table of ["ledger.problem", "audit.event", "audit.private_text", "publication.tally", "office.waiting"])
      await stepAgain(client, `vacuum ${table}`, () => client.query(`vacuum (analyze) ${table}`));
    await client.query("checkpoint");
    const { rows } = await client.query<{ seconds: number }>("select sum(seconds) as seconds from bench_step");
    return rows[0]?.seconds ?? Number.NaN;
  } finally {
    await client.end();
  }
}

async function furnish(client: Client): Promise<void> {
  const many = (kind: Parameters<typeof idOf>[0], count: number) => Array.from({ length: count }, (_, n) => idOf(kind, n));
  await client.query(
    "insert into people.town (town, name_zh, name_en, prefix, added_at) values ($1, '测试镇', 'Bench', 'BN', '2017-01-01')",
    [TOWN],
  );
  await client.query("insert into people.policy (town) values ($1)", [TOWN]);
  await client.query(
    "insert into limits.calendar_year (town, year, source, imported_at) select $1, y, '测试', '2017-01-01' " +
      "from generate_series(2017, 2027) y",
    [TOWN],
  );
  await client.query(
    "insert into people.unit (town, id, name_zh, name_en, kind, added_at) " +
      "select $1, id, '第' || n || '办公室', 'Office ' || n, 'department', '2017-01-01' from unnest($2::uuid[]) " +
      "with ordinality u (id, n)",
    [TOWN, many("unit", UNITS)],
  );
  await client.query(
    "insert into people.village (town, id, name_zh, name_en, added_at) " +
      "select $1, id, '第' || n || '村', 'Village ' || n, '2017-01-01' from unnest($2::uuid[]) with ordinality u (id, n)",
    [TOWN, many("village", VILLAGES)],
  );
  await client.query(
    "insert into limits.category (town, id, code, name_zh, name_en, limit_unit, first_reply_limit, finish_limit, extension_limit, " +
      "position, added_at) select $1, id, 'kind-' || n, '类别' || n, 'Kind ' || n, 'working_day', 3, 15, 10, n, '2017-01-01' " +
      "from unnest($2::uuid[]) with ordinality u (id, n)",
    [TOWN, many("category", CATEGORIES)],
  );
  await client.query(
    "insert into people.officer (town, id, unit, name, added_at) " +
      "select $1, id, $3::uuid, '王' || n, '2017-01-01' from unnest($2::uuid[]) with ordinality u (id, n)",
    [TOWN, many("officer", LEADERS), idOf("unit", 0)],
  );
  await client.query(
    "insert into people.account (town, id, kind, officer, login, opened_at) " +
      "select $1, id, 'officer', id, 'leader' || n, '2017-01-01' from unnest($2::uuid[]) with ordinality u (id, n)",
    [TOWN, many("officer", LEADERS)],
  );
  await client.query(
    "insert into ledger.campaign (town, id, name_zh, name_en, head, starts_on, ends_on, added_at) " +
      "values ($1, $2, '示例活动', 'Sample campaign', $3, '2017-01-01', '2027-12-31', '2017-01-01')",
    [TOWN, idOf("campaign", 0), idOf("officer", 0)],
  );
  await client.query(
    "insert into ledger.theme (town, id, campaign, name_zh, name_en, position) " +
      "select $1, id, $3, '主题' || n, 'Theme ' || n, n from unnest($2::uuid[]) with ordinality u (id, n)",
    [TOWN, many("theme", THEMES), idOf("campaign", 0)],
  );
  await client.query("drop index ledger.problem_search");
}

async function settle(connection: PoolConfig): Promise<void> {
  const db = openDatabase(connection);
  const keys = { algorithms: "international" as const, for: () => Buffer.alloc(32) };
  await settleTown({ id: TOWN, db, keys, blobs: openBlobs("/nonexistent") });
  await db.destroy();
}

/** What following the log of all these events would come to, from the rows that were made to agree with it. */
async function countTallies(client: Client): Promise<void> {
  await client.query(
    `insert into publication.tally (town, measure, campaign, unit, day, amount)
    select p.town, v.measure, p.campaign, p.unit, case when v.day < $2::date then '-infinity' else v.day end, sum(v.amount)
    from ledger.problem p cross join lateral (values
      ('problems', date '-infinity', 1),
      ('closed', date '-infinity', (p.status = 'closed')::int),
      ('due', p.due_on, (p.status <> 'suspended')::int),
      ('due_closed', p.due_on, (p.status = 'closed')::int),
      ('overdue', p.due_on, (p.status in ('opened', 'assigned'))::int),
      ('timed', p.original_due_on, (p.status <> 'suspended')::int),
      ('on_time', p.original_due_on, (p.rectified_on <= p.original_due_on and p.status <> 'suspended')::int),
      ('extended', p.original_due_on, (p.due_on > p.original_due_on)::int),
      ('answered', date '-infinity', p.answered_count),
      ('solved', date '-infinity', p.solved_count),
      ('satisfied', date '-infinity', p.satisfied_count)
    ) as v (measure, day, amount)
    where p.town = $1 and p.status <> 'dismissed' and v.day is not null and v.amount <> 0
    group by 1, 2, 3, 4, 5`,
    [TOWN, TODAY],
  );
}

const PROBLEM_COPY = `copy ledger.problem (
  town, id, number, ordinal, status, title, details, place, village, category, theme, campaign, measures, measures_done,
  goal, leaders, unit, due_on, original_due_on, amber_on, assigned_on, resume_on, opened_at, opened_on, rectified_on,
  closed_on, report_count, progress_count, answered_count, solved_count, satisfied_count, search, search_text) from stdin`;

function problemLine(entry: Entry, prose: Prose): string {
  const openedOn = entry.openedAt.toISOString().slice(0, 10);
  const assigned = entry.dueOn !== null;
  const village = idOf("village", entry.village);
  const leaders = entry.leaders.map((leader) => idOf("officer", leader));
  const unit = assigned ? idOf("unit", entry.unit) : null;
  const named = namedVector(TOWN, [village, ...leaders, ...(unit === null ? [] : [unit])]);
  return lineOf([
    TOWN,
    idOf("problem", entry.n),
    entry.number,
    entry.ordinal,
    entry.status,
    prose.title,
    prose.details,
    "",
    village,
    idOf("category", entry.category),
    idOf("theme", entry.theme),
    idOf("campaign", 0),
    assigned ? `{"${prose.measures.join('","')}"}` : "{}",
    assigned ? "{0}" : "{}",
    assigned ? prose.goal : "",
    `{${leaders.join(",")}}`,
    unit,
    entry.dueOn,
    entry.dueOn,
    entry.amberOn,
    assigned ? openedOn : null,
    entry.resumeOn,
    entry.openedAt.toISOString(),
    openedOn,
    entry.rectifiedOn,
    entry.closedOn,
    entry.reports,
    assigned ? 1 : 0,
    entry.answered,
    entry.solved,
    entry.satisfied,
    `${prose.search} ${searchVector(TOWN, entry.number)} ${named}`,
    `${searchText(entry.number)}\n${prose.searchText}`,
  ]);
}

const EVENT_COPY = "copy audit.event (town, id, verb, actor_kind, actor, at, subject_kind, subject, body) from stdin";
const WORD_COPY = "copy audit.private_text (town, event, field, salt, text) from stdin";

const TOLD = [
  { verb: "problem.opened", field: "title", facts: (entry: Entry) => `{"category":"${idOf("category", entry.category)}"}` },
  {
    verb: "problem.assigned",
    field: "goal",
    facts: (entry: Entry) =>
      JSON.stringify({
        dueOn: entry.dueOn ?? "2026-12-31",
        leaders: [idOf("officer", entry.leaders[0] ?? 0)],
        unit: idOf("unit", entry.unit),
      }),
  },
  { verb: "problem.progressed", field: "note", facts: () => `{"measuresDone":[0]}` },
] as const;
const COMMITMENT = `sha256:${"0123456789abcdef".repeat(4)}`;

function eventLines(entry: Entry): string {
  return TOLD.map(({ verb, field, facts }, i) =>
    lineOf([
      TOWN,
      idOf("event", entry.n * 3 + i),
      verb,
      "officer",
      idOf("officer", i),
      new Date(entry.openedAt.getTime() + i * 3_600_000).toISOString(),
      "problem",
      idOf("problem", entry.n),
      `{"facts":${facts(entry)},"words":{"${field}":"${COMMITMENT}"}}`,
    ]),
  ).join("");
}

function wordLines(entry: Entry, prose: Prose): string {
  return TOLD.map(({ field }, i) =>
    lineOf([
      TOWN,
      idOf("event", entry.n * 3 + i),
      field,
      "\\x00112233445566778899aabbccddeeff",
      [prose.title, prose.goal, prose.measures[0]][i] ?? "",
    ]),
  ).join("");
}

function proseAt(prose: readonly Prose[], n: number): Prose {
  // A stride coprime with the count: neighbours differ, every text is used equally often.
  const chosen = prose[(n * 7919) % prose.length];
  if (chosen === undefined) throw new Error("couldn't choose a text: none was made");
  return chosen;
}

function lineOf(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => (value === null ? "\\N" : typeof value === "number" ? String(value) : escaped(value))).join("\t")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

const LINES_A_CHUNK = 500;

async function copy(client: Client, name: string, statement: string, count: number, line: (entry: Entry) => string): Promise<void> {
  for (let from = 0; from < count; from += SLICE) {
    const to = Math.min(from + SLICE, count);
    await step(client, `${name} ${from}`, async () => {
      await pipeline(Readable.from(chunksOf(name, { from, to, count }, line)), client.query(copyFrom(statement)));
    });
  }
}

type Slice = { readonly from: number; readonly to: number; readonly count: number };

/** The lines of a slice. What lies before it is drawn again and passed over: the next entry hangs on the last. */
function* chunksOf(name: string, { from, to, count }: Slice, line: (entry: Entry) => string): Generator<Buffer> {
  let lines: string[] = [];
  for (const entry of entries(count)) {
    if (entry.n < from) continue;
    if (entry.n >= to) break;
    lines.push(line(entry));
    if (lines.length < LINES_A_CHUNK) continue;
    yield Buffer.from(lines.join(""));
    lines = [];
    progress(name, (entry.n + 1) / count);
  }
  if (lines.length > 0) yield Buffer.from(lines.join(""));
}

/** Does a step and writes it down, both or neither, unless it is done already. */
async function step(client: Client, name: string, work: () => Promise<unknown>): Promise<void> {
  if (await isDone(client, name)) return;
  await client.query("begin");
  await timed(client, name, work); // a failure ends the bench, and with its connection the transaction
  await client.query("commit");
}

/** The same for what may be done twice, or is no transaction. */
async function stepAgain(client: Client, name: string, work: () => Promise<unknown>): Promise<void> {
  if (!(await isDone(client, name))) await timed(client, name, work);
}

async function isDone(client: Client, name: string): Promise<boolean> {
  return (await client.query("select from bench_step where name = $1", [name])).rowCount === 1;
}

async function timed(client: Client, name: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  await client.query("insert into bench_step (name, seconds) values ($1, $2)", [name, seconds]);
  process.stderr.write(`\r${name}: ${seconds.toFixed(0)} s`.padEnd(60) + "\n");
}

let shown = "";
function progress(name: string, part: number): void {
  const bar = "█".repeat(Math.round(part * 30)).padEnd(30, "░");
  const next = `\r${name.padEnd(12)} ${bar} ${String(Math.floor(part * 100)).padStart(3)} %`;
  if (next === shown) return;
  shown = next;
  process.stderr.write(next);
}
