import type { Client } from "pg";

/**
 * What does not grow with the years: how the town is ordered, what it is made up of, what is added up or swept. Every other table
 * grows, a new one as well until it is named here.
 */
const STANDS_STILL: ReadonlySet<string> = new Set([
  "ledger.campaign",
  "ledger.number_given", // one a year
  "ledger.theme",
  "people.account",
  "people.bound_subject",
  "people.credential",
  "people.device",
  "people.duty",
  "people.former_unit",
  "people.officer",
  "people.past_password", // the latest of an officer
  "people.program",
  "people.known_device", // twenty of an officer
  "people.recovery_code", // ten of an officer
  "people.sign_in_gate", // swept
  "people.temporary_password",
  "people.totp",
  "people.town",
  "people.unit",
  "people.village",
  "log.cursor",
  "log.tree",
  "proof.verified", // one a town
  "proof.watched",
  "proof.witness",
  "publication.tally", // folded
  "verification.flag_count", // one a kind
  "limits.calendar_day",
  "limits.calendar_year",
  "limits.category",
  "limits.standard_answer",
  "people.policy",
]);

/** Of the log: its leaves are given to the events when all of these are there. */
const COMES_OF_EVENTS: ReadonlySet<string> = new Set(["log.checkpoint", "proof.cosignature", "log.leaf", "log.tile"]);

type Column = { readonly name: string; readonly type: string; readonly isIndexed: boolean };

/** The tables that grow, of all rooms that keep something of a town. */
async function growingTables(admin: Client): Promise<readonly string[]> {
  const { rows } = await admin.query<{ table: string }>(
    `select format('%s.%s', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'town') order by 1`,
  );
  return rows.map(({ table }) => table).filter((table) => !STANDS_STILL.has(table));
}

/** What waits for a decision waits once; in every copy it was decided. */
const DECIDED: { readonly [table: string]: string } = {
  "ledger.dismissal": "refused",
  "ledger.extension": "refused",
  "ledger.suspension": "refused",
  "verification.objection": "rejected",
};

/** Nobody has dealt with five copies of six: the clerks are far behind. */
const UNDEALT: { readonly [column: string]: string } = { status: "'received'", problem: "null", first_answered_at: "null" };

/**
 * Lets a town's small history happen again and again, until every table that grows has so many rows: the same acts of the same officers
 * on other problems, reports and files, whose ids are copies that agree from table to table. Triggers and foreign keys sleep meanwhile.
 */
export async function multiply(admin: Client, rows: number): Promise<void> {
  const kept = await idsThatStay(admin);
  await admin.query("set session_replication_role = replica");
  for (const table of await growingTables(admin)) {
    if (COMES_OF_EVENTS.has(table)) continue;
    const { rows: counted } = await admin.query<{ rows: number }>(`select count(*)::int as rows from ${table}`);
    const there = counted[0]?.rows ?? 0;
    if (there === 0) continue;
    const columns = await columnsOf(admin, table);
    const copies = columns.map((column) => copyOf(table, column)).join(", ");
    await admin.query(
      `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(", ")})
       select ${copies} from ${table} t, generate_series(1, $1::int) n, (select $2::uuid[] as ids) kept on conflict do nothing`,
      [Math.ceil(rows / there), kept],
    );
  }
  await admin.query("reset session_replication_role");
}

/** Lets the planner believe that every table is so many times longer than it is: it chooses for what is to come. */
export async function exaggerate(admin: Client, times: number): Promise<void> {
  await admin.query("vacuum (analyze)");
  await admin.query(
    `update pg_class c set reltuples = reltuples * $1 from pg_namespace n
     where n.oid = c.relnamespace and n.nspname = any ($2) and c.reltuples > 0`,
    [times, [...new Set((await growingTables(admin)).map((table) => table.split(".")[0]))]],
  );
}

/** Whoever and whatever the town is made up of is the same in every copy. */
async function idsThatStay(admin: Client): Promise<readonly string[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from people.officer union select id from people.unit union select id from people.village union select id from limits.category
     union select id from ledger.campaign union select id from ledger.theme`,
  );
  return rows.map(({ id }) => id);
}

async function columnsOf(admin: Client, table: string): Promise<readonly Column[]> {
  const { rows } = await admin.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       exists (select from pg_index i where i.indrelid = a.attrelid and a.attnum = any (i.indkey)) as "isIndexed"
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [table],
  );
  return rows;
}

/** A column of copy `n` of row `t`: ids, hashes and numbers are other ones, everything else is the same. */
function copyOf(table: string, { name, type, isIndexed }: Column): string {
  const value = `t."${name}"`;
  if (table === "intake.report" && name in UNDEALT) return `case when n % 6 = 0 then ${value} else ${UNDEALT[name]} end`;
  if (table === "intake.report" && name === "first_reply_due_at") return `${value} + n * interval '1 minute'`;
  if (table in DECIDED && name === "decision") return `coalesce(${value}, '${DECIDED[table]}')`;
  if (table in DECIDED && name === "decided_at") return `coalesce(${value}, now())`;
  if (table in DECIDED && name === "decided_by") return `coalesce(${value}, gen_random_uuid())`;
  switch (type) {
    case "uuid":
      // Its instant stays, so that what happened one after the other still does.
      return `case when ${value} = any (kept.ids) then ${value}
      else (left(${value}::text, 15) || left(md5(${value}::text || n), 19))::uuid end`;
    case "bytea":
      return isIndexed ? `sha256(${value} || n::text::bytea)` : value;
    case "text":
      return isIndexed
        ? `case when ${value} ~ '^[0-9a-f]{64}$' then encode(sha256((${value} || n)::bytea), 'hex')
            when ${value} ~ '^[A-Z]{2,6}-\\d{4}-\\d+$'
              then regexp_replace(${value}, '\\d+$', '') || (1000 * n + substring(${value} from '\\d+$')::int)
            else ${value} end`
        : value;
    case "bigint":
      return name === "ordinal" ? `${value} + 1000 * n` : value;
    default:
      return value;
  }
}
