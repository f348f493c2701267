import { dayOf } from "#platform/instant";
import { readAtOnce, type Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import { latestDue, latestExtension, readTiming, type LastDay } from "#ledger/due-days";
import type { Problem } from "#ledger/problem";
import { findProblemId, readWork, type Work } from "#ledger/queries";
import { readStanding, type Standing } from "#ledger/standing";
import type { LedgerAct } from "#ledger/who-may";
import { readDeskEvents, type DeskEvent } from "./desk-events.ts";
import { findRound } from "#verification/find-round";
import type { GateAct } from "#verification/gate";
import type { Round } from "#verification/round";

/** What can be done at the desk: the last word of `POST /office/ledger/:number/<command>`. */
export type DeskCommand = Exclude<LedgerAct, "open" | "undo-opening" | "join" | "supplement"> | GateAct;

/** A command at the desk: possible, or why not. The page says so, folded away, in the refusal's words. */
export type Offer = { readonly command: DeskCommand; readonly refused: RefusalCode | null };

/** Everything the desk page shows, and every fact its offers are judged by. People are ids: names are the directory's. */
export type ProblemDesk = Work &
  LatestDays & {
    readonly standing: Standing;
    readonly round: Round;
    /** Joined reports whose reporter says that this is another matter; nobody has looked yet. */
    readonly disputes: readonly Dispute[];
    /** The latest 200, newest first. `facts.version` is the version the event made: those above the form's version happened meanwhile. */
    readonly events: readonly DeskEvent[];
  };

export type Dispute = { readonly report: string; readonly since: Date };

/** The last days a form may name today; an extension's is null without a due day. */
type LatestDays = { readonly latestDueOn: LastDay; readonly latestExtensionOn: LastDay | null };

/** Reads one problem for its desk in one snapshot; null when the town has no such number. */
export async function findDesk(town: Town, number: string, at: Date): Promise<ProblemDesk | null> {
  return readAtOnce(town, (town) => readDesk(town, number, at));
}

async function readDesk(town: Town, number: string, at: Date): Promise<ProblemDesk | null> {
  const id = await findProblemId(town, number);
  if (id === null) return null;
  const standing = await readStanding(town, id);
  return {
    standing,
    round: await findRound(town, id),
    ...(await readWork(town, id)),
    ...(await readLatestDays(town, standing.problem, at)),
    disputes: await readDisputes(town, id),
    events: await readDeskEvents(town, id),
  };
}

const MOST_DISPUTES = 20;

/** Few wait in a town, and an index holds them alone (db/migrations/0340). */
async function readDisputes(town: Town, problem: string): Promise<readonly Dispute[]> {
  const rows = await town.db
    .selectFrom("intake.report")
    .select(["id as report", "disputed_at as since"])
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where("disputed_at", "is not", null)
    .orderBy("disputed_at")
    .limit(MOST_DISPUTES)
    .execute();
  return rows.flatMap(({ report, since }) => (since === null ? [] : [{ report, since }]));
}

async function readLatestDays(town: Town, problem: Problem, at: Date): Promise<LatestDays> {
  const timing = await readTiming(town, problem);
  const { dueOn } = problem;
  return {
    latestDueOn: latestDue(timing, dayOf(at)),
    latestExtensionOn: dueOn === null ? null : latestExtension(timing, dueOn),
  };
}
