import { isDeepStrictEqual } from "node:util";
import { readAtOnce, type Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { judgeWaiting, type CallBackRow, type WaitingRow } from "./settle-waiting.ts";

const AT_ONCE = 500;

/** The numbers of problems whose rows are not what the rules say: none, unless somebody wrote around the commands. */
export async function checkWaiting(town: Town): Promise<readonly string[]> {
  const different: string[] = [];
  let after: string | null = null;
  await untilNoneIsLeft(AT_ONCE, async () => {
    const batch = await readAtOnce(town, (town) => nextProblems(town, after));
    different.push(...batch.filter(({ isSettled }) => !isSettled).map(({ number }) => number));
    after = batch.at(-1)?.id ?? null;
    return batch.length;
  });
  return different;
}

type Looked = { readonly id: string; readonly number: string; readonly isSettled: boolean };

async function nextProblems(town: Town, after: string | null): Promise<readonly Looked[]> {
  const problems = await town.db
    .selectFrom("ledger.problem")
    .select(["id", "number"])
    .where("town", "=", town.id)
    .$if(after !== null, (query) => query.where("id", ">", after))
    .orderBy("id")
    .limit(AT_ONCE)
    .execute();
  const ids = problems.map(({ id }) => id);
  const kept = rowsByProblem(await readWaiting(town, ids), await readCallBacks(town, ids));
  const { waiting, callBacks } = await judgeWaiting(town, ids);
  const judged = rowsByProblem(waiting, callBacks);
  return problems.map((problem) => ({ ...problem, isSettled: isDeepStrictEqual(kept.get(problem.id), judged.get(problem.id)) }));
}

async function readWaiting(town: Town, problems: readonly string[]): Promise<readonly Kept[]> {
  if (problems.length === 0) return [];
  return town.db
    .selectFrom("office.waiting")
    .select(["problem", "step", "since", "due_on as dueOn", "amber_on as amberOn", "leaders", "unit"])
    .select(["closed_to as closedTo", "closed_units as closedUnits"])
    .where("town", "=", town.id)
    .where("problem", "in", problems)
    .execute();
}

async function readCallBacks(town: Town, problems: readonly string[]): Promise<readonly CallBackRow[]> {
  if (problems.length === 0) return [];
  return town.db
    .selectFrom("office.call_back")
    .select(["problem", "question", "since", "until", "by_phone as byPhone", "closed_to as closedTo", "closed_units as closedUnits"])
    .where("town", "=", town.id)
    .where("problem", "in", problems)
    .execute();
}

type Kept = (Omit<WaitingRow, "step"> & { readonly step: string }) | CallBackRow;

function rowsByProblem(waiting: readonly Kept[], callBacks: readonly CallBackRow[]): ReadonlyMap<string, readonly Kept[]> {
  return Map.groupBy(
    [...waiting, ...callBacks].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    ({ problem }) => problem,
  );
}

function keyOf(row: Kept): string {
  return "step" in row ? row.step : row.question;
}
