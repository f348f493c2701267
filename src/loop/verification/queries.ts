import { sql } from "kysely";
import { z } from "zod";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { FLAG_KINDS, FLAG_STATES, KindAndAbout, type Flag, type FlagKind, type FlagState } from "./flag.ts";

const MOST_SHOWN = 50;

/** Which flags a list shows; `before` is the id the page before ended with. */
export const FlagFilter = z.object({
  kind: z.enum(FLAG_KINDS).nullable().catch(null).default(null),
  state: z.enum(FLAG_STATES).nullable().catch(null).default(null),
  before: z.uuid().nullable().catch(null).default(null),
});
export type FlagFilter = z.infer<typeof FlagFilter>;

type Row = {
  readonly id: string;
  readonly kind: FlagKind;
  readonly number: string;
  readonly about: unknown;
  readonly raisedAt: Date;
  readonly state: FlagState;
  readonly dueOn: Day | null;
  readonly reason: string | null;
  readonly by: string | null;
  readonly at: Date | null;
};

export async function findFlag(town: Town, id: string): Promise<Flag | null> {
  const [flag] = await read(town, sql`f.id = ${id}`, sql`f.id`);
  return flag ?? null;
}

/** The flags of one problem, the oldest first. */
export async function flagsOf(town: Town, problem: string): Promise<readonly Flag[]> {
  return read(town, sql`f.problem = ${problem}`, sql`f.id`);
}

export async function listFlags(
  town: Town,
  { kind, state, before }: FlagFilter,
): Promise<{ readonly flags: readonly Flag[]; readonly next: string | null }> {
  const wanted = sql.join(
    [
      kind === null ? sql`true` : sql`f.kind = ${kind}`,
      state === null ? sql`true` : sql`f.state = ${state}`,
      before === null ? sql`true` : sql`f.id < ${before}`,
    ],
    sql` and `,
  );
  const flags = await read(town, wanted, sql`f.id desc limit ${MOST_SHOWN + 1}`);
  const shown = flags.slice(0, MOST_SHOWN);
  return { flags: shown, next: flags.length > MOST_SHOWN ? (shown.at(-1)?.id ?? null) : null };
}

async function read(town: Town, condition: ReturnType<typeof sql>, order: ReturnType<typeof sql>): Promise<readonly Flag[]> {
  const { rows } = await sql<Row>`
    select f.id, f.kind, p.number, f.about, f.raised_at as "raisedAt", f.state, f.due_on as "dueOn",
      f.decision_reason as reason, f.decided_by as by, f.decided_at as at
    from verification.flag f
    join ledger.problem p on p.town = f.town and p.id = f.problem
    where f.town = ${town.id} and ${condition} order by ${order}`.execute(town.db);
  return rows.map(flagOf);
}

function flagOf({ kind, about, reason, by, at, ...row }: Row): Flag {
  const decided = reason === null || by === null || at === null ? null : { reason, by, at };
  return { ...row, decided, ...KindAndAbout.parse({ kind, about }) };
}

/** How many flags there are of each kind, by what became of them. */
export type FlagCounts = ReadonlyMap<FlagKind, { readonly raised: number } & Readonly<Record<FlagState, number>>>;

export async function countFlags(town: Town): Promise<FlagCounts> {
  const { rows } = await sql<{ kind: FlagKind; raised: number; cleared: number; upheld: number; acted: number }>`
    select kind, raised, cleared, upheld, acted from verification.flag_count where town = ${town.id}`.execute(town.db);
  return new Map(rows.map(({ kind, ...count }) => [kind, { ...count, open: count.raised - count.cleared - count.upheld - count.acted }]));
}
