import { sql } from "kysely";
import { firstIdAt, STANDING_TEXT } from "#audit/queries";
import { PROBLEM_COLUMNS, type Problem } from "#ledger/problem";
import { startOf, type Day } from "#platform/instant";
import { readAtOnce, type Town } from "#platform/town";
import { IN_HAND } from "#publication/problem-order";
import { ENOUGH } from "./tasks.ts";
import { TURN_STEPS, type TurnStep } from "./waiting.ts";
import type { Week } from "./week.ts";

/** What a week is told by, each counted from the events of its verbs. */
export const HAPPENINGS = {
  opened: ["problem.opened"],
  closed: ["problem.closed"],
  /** Back at work: a check or a flag went against it, an objection or a reporter's "no" was honoured, or it relapsed. */
  "came-back": ["check.failed", "flag.upheld", "objection.upheld", "answer.honoured", "look-back.relapsed", "problem.recurred"],
  extensions: ["extension.granted"],
  "no-answers": ["answer.given"],
  flags: ["flag.raised"],
} as const satisfies { readonly [name: string]: readonly string[] };
export type Happening = keyof typeof HAPPENINGS;

/** What puts a problem in hand, and what takes it out again. */
const ENTERS = ["problem.opened", "suspension.ended", "look-back.relapsed", "problem.recurred", "problem.reinstated"];
const LEAVES = ["problem.closed", "dismissal.confirmed", "problem.opening-undone", "suspension.approved"];
const TOLD = [...new Set([...Object.values(HAPPENINGS).flat(), ...ENTERS, ...LEAVES])];

/** Of what is in hand no more is looked at: the sheet of a town in which everything lies costs no more than this. */
const MOST_IN_HAND = 1000;

/** A problem in hand, and the first step somebody is waited for with; null: it waits for time, or for reporters. */
export type InHand = Problem & { readonly step: TurnStep | "work" | null; readonly waitsSince: Date | null };

export type Happened = {
  readonly event: string;
  readonly verb: string;
  readonly at: Date;
  readonly actor: string | null;
  readonly problem: string;
  readonly number: string;
  readonly title: string;
  readonly unit: string | null;
  readonly leaders: readonly string[];
  /** What was said of it, where something was and still stands. */
  readonly words: string | null;
};

export type WeekTold = {
  /** What is in hand as of the reading, the oldest first. */
  readonly inHand: readonly InHand[];
  /** Whether those are all. */
  readonly isWhole: boolean;
  /** The latest first; of each verb at most `ENOUGH`. */
  readonly happened: readonly Happened[];
};

/** What is in hand now and what happened in a week, in one snapshot. */
export async function readWeek(town: Town, at: Date, week: Week): Promise<WeekTold> {
  return readAtOnce(town, async (town) => {
    const inHand = await listInHand(town, at);
    return { inHand: inHand.slice(0, MOST_IN_HAND), isWhole: inHand.length <= MOST_IN_HAND, happened: await listHappened(town, week) };
  });
}

async function listInHand(town: Town, at: Date): Promise<readonly InHand[]> {
  const steps = ["decide-flag", ...TURN_STEPS, "work"];
  return town.db
    .selectFrom("ledger.problem as p")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("office.waiting as w")
          .select(["w.step", "w.since"])
          .where("w.town", "=", town.id)
          .whereRef("w.problem", "=", "p.id")
          .where("w.since", "<=", at)
          .orderBy(sql`array_position(${steps}::text[], w.step)`)
          .limit(1)
          .as("w"),
      (join) => join.onTrue(),
    )
    .select([...PROBLEM_COLUMNS, sql<InHand["step"]>`w.step`.as("step"), "w.since as waitsSince"])
    .where("p.town", "=", town.id)
    .where(sql<boolean>`${IN_HAND}`)
    .orderBy("p.ordinal")
    .limit(MOST_IN_HAND + 1)
    .execute();
}

/** A range of the index of verbs for each of them: what a week costs does not depend on the years before. */
export async function listHappened(town: Town, { from, meetsOn }: Pick<Week, "from" | "meetsOn">): Promise<readonly Happened[]> {
  const { rows } = await sql<Happened>`
    select e.id as event, e.verb, e.at, e.actor, p.id as problem, p.number, p.title, p.unit, p.leaders,
      (select ${STANDING_TEXT} from audit.private_text w where w.town = ${town.id} and w.event = e.id and w.field in ('finding', 'reason')
        order by w.field limit 1) as words
    from unnest(${TOLD}::text[]) v (verb) cross join lateral (
      select e.id, e.verb, e.at, e.actor, e.subject from audit.event e
      where e.town = ${town.id} and e.verb = v.verb and e.id >= ${firstIdAt(startOf(from))} and e.id < ${firstIdAt(startOf(meetsOn))}
        and (e.verb <> 'answer.given' or e.body::jsonb #>> '{facts,solved}' = 'false')
      order by e.id desc limit ${ENOUGH}
    ) e join ledger.problem p on p.town = ${town.id} and p.id = e.subject::uuid
    order by e.id desc`.execute(town.db);
  return rows;
}

export function happenedAs(happening: Happening, happened: readonly Happened[]): readonly Happened[] {
  const verbs: readonly string[] = HAPPENINGS[happening];
  return happened.filter(({ verb }) => verbs.includes(verb));
}

/**
 * How many were in hand when the week began, by what moved since: whatever first came into hand was not, whatever first left was. Null
 * where more moved than was read. `happened` reaches to the present.
 */
export function inHandBefore({ inHand, isWhole, happened }: WeekTold): number | null {
  const counted = Map.groupBy(happened, ({ verb }) => verb);
  if (!isWhole || [...counted.values()].some((events) => events.length >= ENOUGH)) return null;
  const now = new Set(inHand.map(({ id }) => id));
  const first = new Map<string, string>();
  for (const { problem, verb } of happened) if ([...ENTERS, ...LEAVES].includes(verb)) first.set(problem, verb); // the earliest comes last
  let before = now.size;
  for (const [problem, verb] of first) {
    if (now.has(problem) && ENTERS.includes(verb)) before -= 1;
    if (!now.has(problem) && LEAVES.includes(verb)) before += 1;
  }
  return before;
}

/** Whether work on it is still owed: declared done, it waits for others. */
export function isOwedWork({ status }: Pick<Problem, "status">): boolean {
  return status === "opened" || status === "assigned";
}

export function isOverdue({ status, dueOn }: Problem, today: Day): boolean {
  return isOwedWork({ status }) && dueOn !== null && dueOn < today;
}

/** Whether it falls due from today until the end of the week that begins with the meeting. */
export function isDueSoon({ status, dueOn }: Problem, today: Day, until: Day): boolean {
  return isOwedWork({ status }) && dueOn !== null && dueOn >= today && dueOn <= until;
}
