import { sql } from "kysely";
import { DAY_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import type { About, Finding } from "./flag.ts";

/** So many satisfied answers one after the other, from one device; from one address one more, because a household or a café shares it. */
const IN_A_ROW = { device: 3, address: 4 } as const;
const LAST_DAYS = 30;
const MOST_READ = 5000;

type Answer = {
  readonly question: string;
  readonly problem: string;
  readonly number: string;
  readonly pleased: boolean;
  readonly device: string | null;
  readonly address: string | null;
};

/** Satisfied answers that arrive in a row from one device or address: one hand answers for several reporters. */
export async function oneHand(town: Town, at: Date): Promise<readonly Finding[]> {
  const answers = await answersInOrder(town, at);
  return (["device", "address"] as const).flatMap((by) => runsOf(answers, by).flatMap((run) => findingsOf(run, by)));
}

function runsOf(answers: readonly Answer[], by: About<"one-hand">["by"]): readonly (readonly Answer[])[] {
  const runs: Answer[][] = [];
  let run: Answer[] = [];
  for (const answer of answers) {
    const hand = answer.pleased ? answer[by] : null;
    if (hand === null) run = [];
    else run = run[0]?.[by] === hand ? [...run, answer] : [answer];
    if (run.length === IN_A_ROW[by]) runs.push(run);
    else if (run.length > IN_A_ROW[by]) runs.splice(-1, 1, run);
  }
  return runs;
}

function findingsOf(run: readonly Answer[], by: About<"one-hand">["by"]): readonly Finding[] {
  const numbers = [...new Set(run.map(({ number }) => number))].toSorted();
  const about = { by, count: run.length, numbers };
  const [first] = run;
  return [...new Set(run.map(({ problem }) => problem))].map((problem) => ({
    kind: "one-hand" as const,
    problem,
    mark: `${by}/${first?.question ?? ""}`,
    about,
  }));
}

/** Only answers whose origin is known: what an officer wrote down on the telephone has none. */
async function answersInOrder(town: Town, at: Date): Promise<readonly Answer[]> {
  const { rows } = await sql<Answer>`
    select a.question, a.problem, p.number, a.solved and a.satisfied is not false as pleased,
      encode(a.device, 'hex') as device, encode(a.address, 'hex') as address
    from verification.answer a join ledger.problem p on p.town = a.town and p.id = a.problem
    where a.town = ${town.id} and a.answered_at >= ${new Date(at.getTime() - LAST_DAYS * DAY_MS)}
      and (a.device is not null or a.address is not null)
    order by a.answered_at, a.question limit ${MOST_READ}`.execute(town.db);
  return rows;
}
