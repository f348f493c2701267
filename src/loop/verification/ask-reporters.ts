import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { readPolicy } from "#people/policy";
import { drawnFrom } from "#ledger/drawn-from";
import { changeProblem } from "#ledger/move-problem";
import { lockProblem } from "#ledger/standing";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotAskReporters } from "./gate.ts";
import type { Round } from "./round.ts";

export const AskReporters = z.object({ ...drawnFrom });
export type AskReporters = z.output<typeof AskReporters>;

/** Asks who joined, or left a contact, after the check passed; everybody else was asked by the check itself. */
export async function askReporters(town: Town, by: Officer, at: Date, what: AskReporters): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    const round = await findRound(town, what.problem);
    refuse(whyNotAskReporters(standing, round, by));
    await askReportersOf(town, by, at, { problem: what.problem, round, version: standing.problem.version + 1 });
    await changeProblem(town, standing.problem, {});
  });
}

/** One question to every reporter of the round who can be asked and was not; the window is the policy's, counted from now. */
export async function askReportersOf(
  town: Town,
  by: Officer,
  at: Date,
  asked: { readonly problem: string; readonly round: Round; readonly version: number },
): Promise<void> {
  const { problem, round, version } = asked;
  const reports = round.unasked;
  if (round.check === null || reports.length === 0) return;
  const check = round.check.id;
  const { answerWindowDays } = await readPolicy(town);
  const openUntil = new Date(at.getTime() + answerWindowDays * DAY_MS);
  const questions = reports.map((report) => ({ id: newId(at), report }));
  await town.db
    .insertInto("verification.question")
    .values(questions.map((question) => ({ town: town.id, ...question, problem, check, asked_at: at, open_until: openUntil })))
    .execute();
  await appendEvent(town, asActor(by), at, {
    verb: "question.asked",
    subject: { kind: "problem", id: problem },
    facts: { version, check, reporters: reports.length, openUntil: openUntil.toISOString(), questions },
  });
}
