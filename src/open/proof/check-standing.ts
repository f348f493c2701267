import { sql } from "kysely";
import { tellsNoRow } from "#audit/kind";
import { STANDING_TEXT } from "#audit/queries";
import { readBody, retell, type KeptEvent } from "#audit/retell";
import type { Rows } from "#audit/rows";
import type { Town } from "#platform/town";
import { EVENTS, kindOf } from "./all-events.ts";
import { PROBLEM_TABLES, REPORT_TABLES, SETTING_TABLES, type Compared } from "./compared-tables.ts";

/**
 * A row that is not what the events tell. `column` null: the whole row; then `says` is `gone` where events made it and it is not there,
 * or `slipped-in` where it is there and none did.
 */
export type Differs = {
  readonly table: string;
  readonly column: string | null;
  /** The problem's number, a report's or a setting's id, as far as there is one. */
  readonly of: string;
  readonly says: "differs" | "gone" | "slipped-in";
};

const PAGE = 200;
/** More than anybody reads; whoever changed more than this has changed everything. */
const MOST_DIFFERENCES = 1000;

/**
 * Tells every event again and compares what they come to with the rows that pages are drawn from. The log keeps history; this keeps the
 * present to it: whoever moves a day, swaps a leader, decides an objection or rewords a finding in the tables alone is found. `checkEvents`
 * has to hold first. All differences, at most a thousand; of a word that was covered in part the row says what was left of it, and one that
 * was covered whole is not compared.
 */
export async function checkStanding(town: Town, progress: (subjects: number) => void): Promise<readonly Differs[]> {
  const settings = await checkSettings(town);
  const problems = await checkPaged(town, "problem", PROBLEM_TABLES, progress);
  const reports = await checkPaged(town, "report", REPORT_TABLES, progress);
  return [...settings, ...problems, ...reports].slice(0, MOST_DIFFERENCES);
}

/** Only what happened to problems. */
export function checkProblems(town: Town): Promise<readonly Differs[]> {
  return checkPaged(town, "problem", PROBLEM_TABLES, () => undefined);
}

/** Only what happened to reports. */
export function checkReports(town: Town): Promise<readonly Differs[]> {
  return checkPaged(town, "report", REPORT_TABLES, () => undefined);
}

/** Only what is set in the town: its people, limits and campaigns. */
export async function checkSettings(town: Town): Promise<readonly Differs[]> {
  const verbs = Object.entries(EVENTS).flatMap(([verb, { subject, retell }]) => (retell === tellsNoRow || isPaged(subject) ? [] : [verb]));
  const events = await eventsWhere(town, sql`e.verb = any (${verbs}::text[])`);
  return compare(town, SETTING_TABLES, new Map([[town.id, { name: "", told: retell(kindOf, events) }]]));
}

function isPaged(subject: string | readonly string[]): boolean {
  return subject === "problem" || subject === "report";
}

type Tables = { readonly [table: string]: Compared };
/** By id: what differences of it are called by, and the rows that its events tell. */
type Subjects = ReadonlyMap<string, { readonly name: string; readonly told: Rows }>;

async function checkPaged(
  town: Town,
  kind: "problem" | "report",
  tables: Tables,
  progress: (subjects: number) => void,
): Promise<readonly Differs[]> {
  const found: Differs[] = [];
  let after = "00000000-0000-0000-0000-000000000000";
  for (let done = 0; found.length < MOST_DIFFERENCES;) {
    const page = await subjectsAfter(town, kind, after);
    const events = await eventsWhere(town, sql`e.subject_kind = ${kind} and e.subject = any (${page.map(({ id }) => id)}::uuid[])`);
    const bySubject = Map.groupBy(events, ({ subject }) => subject);
    const told = page.map(({ id, name }) => [id, { name, told: retell(kindOf, bySubject.get(id) ?? []) }] as const);
    found.push(...(await compare(town, tables, new Map(told))));
    done += page.length;
    progress(done);
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) break;
  }
  return found;
}

/** Subjects in the order of their coming: those that have a row, and those that an event made. */
async function subjectsAfter(town: Town, kind: "problem" | "report", after: string) {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, max(name) as name from (
      (select id, ${kind === "problem" ? sql.ref("number") : sql.ref("id")}::text as name
        from ${kind === "problem" ? sql.table("ledger.problem") : sql.table("intake.report")}
        where town = ${town.id} and id > ${after} order by id limit ${PAGE})
      union all
      (select e.subject, e.subject::text from audit.event e
        where e.town = ${town.id} and e.verb = ${kind === "problem" ? "problem.opened" : "report.received"} and e.subject > ${after}
        order by e.subject limit ${PAGE})
    ) subjects group by id order by id limit ${PAGE}`.execute(town.db);
  return rows;
}

async function eventsWhere(town: Town, which: ReturnType<typeof sql>): Promise<readonly KeptEvent[]> {
  const { rows } = await sql<Omit<KeptEvent, "facts" | "said" | "words"> & { body: string; words: KeptEvent["words"] | null }>`
    select e.verb, e.at, e.actor, e.subject, e.body,
      (select json_object_agg(w.field, ${STANDING_TEXT}) from audit.private_text w where w.town = e.town and w.event = e.id) as words
    from audit.event e where e.town = ${town.id} and ${which} order by e.id`.execute(town.db);
  return rows.map(({ body, words, ...event }) => ({ ...event, ...readBody(body), words: words ?? {} }));
}

async function compare(town: Town, tables: Tables, subjects: Subjects): Promise<readonly Differs[]> {
  const found: Differs[] = [];
  for (const [table, how] of Object.entries(tables)) {
    const kept = Map.groupBy(await keptRows(town, table, how.of, [...subjects.keys()]), (row) => String(row[how.of]));
    for (const [id, { name, told }] of subjects) found.push(...differencesIn(table, how, name, kept.get(id) ?? [], toldRows(told, table)));
  }
  return found;
}

type Row = { readonly [column: string]: unknown };

/** The rows as JSON, which is how they are compared: instants as text with their offset, days as days, numbers as numbers. */
async function keptRows(town: Town, table: string, of: string, subjects: readonly string[]): Promise<readonly Row[]> {
  // Settings are all rows of the town; of the rest the index by problem or report finds a page's.
  const among = of === "town" ? sql`true` : sql`${sql.ref(`t.${of}`)} = any (${subjects}::uuid[])`;
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.table(table)} t where t.town = ${town.id} and ${among}`.execute(town.db);
  return rows.map(({ row }) => row);
}

function toldRows(told: Rows, table: string): readonly Row[] {
  const rows = told.entries().find(([name]) => name === table)?.[1] ?? [];
  return rows.map((row) => ({ ...row }));
}

function differencesIn(table: string, how: Compared, of: string, kept: readonly Row[], told: readonly Row[]): readonly Differs[] {
  const found: Differs[] = [];
  const left = new Set(kept);
  for (const row of told) {
    const known = how.known.find((columns) => columns.every((column) => row[column] !== undefined)) ?? [];
    const same = [...left].find((one) => known.every((column) => agree(row[column], one[column])));
    if (same === undefined) {
      found.push({ table, column: null, of, says: "gone" });
      continue;
    }
    left.delete(same);
    for (const column of Object.keys(same))
      if (row[column] !== undefined && !(column in how.aside) && !agree(row[column], same[column]))
        found.push({ table, column, of, says: "differs" });
  }
  if (how.untold === undefined || told.length > 0) for (const _ of left) found.push({ table, column: null, of, says: "slipped-in" });
  return found;
}

/** Whether what events tell of a column is what the row says; an instant to the millisecond, as events keep it. */
function agree(told: unknown, kept: unknown): boolean {
  if (told instanceof Date) return typeof kept === "string" && Date.parse(kept) === told.getTime();
  if (Array.isArray(told)) return Array.isArray(kept) && told.length === kept.length && told.every((one, i) => agree(one, kept[i]));
  return told === kept;
}
