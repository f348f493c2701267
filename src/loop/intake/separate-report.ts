import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse, Refusal } from "#refusals";
import { leaveReporterOut } from "#verification/leave-reporter-out";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { CORRECTION, lockToCorrect, type LockedToCorrect } from "./lock-to-correct.ts";
import { markRead } from "./mark-read.ts";
import { whyNotJoined } from "./report.ts";
import { waitAgain } from "./wait-again.ts";

export const SeparateReport = z.object(CORRECTION);
export type SeparateReport = z.infer<typeof SeparateReport>;

/**
 * 移出: the report is taken out of the problem it was joined to, or had opened, and waits again; its reporter reads why. Refusals:
 * report/unknown, report/changed, report/not-joined, those of leaveReporterOut.
 */
export async function separateReport(town: Town, by: Officer, at: Date, what: SeparateReport): Promise<void> {
  await transact(town, async (town) => {
    await takeOut(town, by, at, await lockToCorrect(town, by, what), what);
  });
}

type Why = Pick<SeparateReport, "reason" | "seen">;

/** The same within a command that has locked the report; says from which problem. */
export async function takeOut(town: Town, by: Officer, at: Date, { locked, corrects }: LockedToCorrect, why: Why): Promise<string> {
  refuse(whyNotJoined(locked.status, by));
  const { id: report, problem } = locked;
  if (problem === null) throw new Refusal("report/not-joined");
  await leaveReporterOut(town, by, at, { problem, report });
  const seen = why.seen ?? null;
  await markRead(town, report, seen);
  await waitAgain(town, report);
  const word = await keepWord(town, by, at, { report, kind: "separated", text: why.reason });
  await appendEvent(town, asActor(by), at, {
    verb: "report.separated",
    subject: { kind: "report", id: report },
    facts: { corrects, problem, word, seen },
    words: { reason: why.reason },
  });
  return problem;
}
