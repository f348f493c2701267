import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { About, Finding } from "#verification/flag";

/** So many satisfied answers one after the other, from one device; from one address one more, because a household or a café shares it. */
const IN_A_ROW = { device: 3, address: 4 } as const;
const LAST_DAYS = 30;
/** However long a row is, no more of it is read. */
const MOST_READ = 200;

type Answer = {
  readonly question: string;
  readonly problem: string;
  readonly number: string;
  readonly pleased: boolean;
  readonly device: string | null;
  readonly address: string | null;
};

/** Satisfied answers that arrive in a row from one device or address, up to this one: one hand answers for several reporters. */
export async function oneHand(town: Town, question: string): Promise<readonly Finding[]> {
  const answers = await answersUpTo(town, question);
  return (["device", "address"] as const).flatMap((by) => findingsOf(rowOf(answers, by), by));
}

/** The answers, the latest first, as long as they are of the hand of the first. */
function rowOf(answers: readonly Answer[], by: About<"one-hand">["by"]): readonly Answer[] {
  const hand = answers[0]?.[by] ?? null;
  if (hand === null) return [];
  const other = answers.findIndex((answer) => !answer.pleased || answer[by] !== hand);
  return other < 0 ? answers : answers.slice(0, other);
}

/** A mark of each answer's own: an answer found once is not found anew when the row grows at one end and is forgotten at the other. */
function findingsOf(row: readonly Answer[], by: About<"one-hand">["by"]): readonly Finding[] {
  if (row.length < IN_A_ROW[by]) return [];
  const numbers = [...new Set(row.map(({ number }) => number))].toSorted();
  const about = { by, count: row.length, numbers };
  return row.map(({ problem, question }) => ({ kind: "one-hand", problem, mark: `${by}/${question}`, about }));
}

/** The latest first. Only answers whose origin is known: what an officer wrote down on the telephone has none. */
async function answersUpTo(town: Town, question: string): Promise<readonly Answer[]> {
  const { rows } = await sql<Answer>`
    select a.question, a.problem, p.number, a.solved and a.satisfied is not false as pleased,
      encode(a.device, 'hex') as device, encode(a.address, 'hex') as address
    from (select answered_at, question from verification.answer where town = ${town.id} and question = ${question}
        and (device is not null or address is not null)) last
    join verification.answer a on a.town = ${town.id} and (a.device is not null or a.address is not null)
      and a.answered_at <= last.answered_at and a.answered_at >= last.answered_at - make_interval(days => ${LAST_DAYS})
      and (a.answered_at < last.answered_at or a.question <= last.question)
    join ledger.problem p on p.town = a.town and p.id = a.problem
    order by a.answered_at desc, a.question desc limit ${MOST_READ}`.execute(town.db);
  return rows;
}
