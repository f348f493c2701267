import { z } from "zod";
import type { Category } from "#limits/category";
import { findCategory } from "#limits/queries";
import { joinReport } from "#ledger/join-report";
import { OPENED_WITH, openProblem } from "#ledger/open-problem";
import { asActor, type Officer } from "#people/officer";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { lastAnswerOf } from "#verification/last-answer";
import { categorise } from "./categorise-report.ts";
import { appendEvent } from "./events.ts";
import { seen } from "./mark-read.ts";
import { lockToSettle, settle, type LockedReport } from "./settle.ts";

/** The report is about a problem already on the ledger. */
export const AcceptByJoining = z.object({ report: id, problem: id, seen });
export type AcceptByJoining = z.infer<typeof AcceptByJoining>;

/** The report opens a problem, in the town's own words. */
const { reports: _reports, ...openedWith } = OPENED_WITH;
export const AcceptByOpening = z.object({ ...openedWith, report: id, seen }).refine(isWholePosition, HALF_A_POSITION);
export type AcceptByOpening = z.infer<typeof AcceptByOpening>;

/**
 * Accepts a report: joined to a problem, or opening one. The ledger learns that the report exists and through which door it
 * came, nothing else. Refusals: those of openProblem and joinReport, report/unknown, report/not-open.
 */
export async function acceptReport(
  town: Town,
  by: Officer,
  at: Date,
  what: AcceptByJoining | AcceptByOpening,
): Promise<{ readonly problem: string }> {
  return transact(town, async (town) => {
    const locked = await lockToSettle(town, by, what.report);
    const { id: report, channel } = locked;
    const joined = { report, channel };
    const problem = await joinOrOpen(town, by, at, what, joined);
    const category = await categoryToSay(town, locked, what, problem);
    if (category !== null) await categorise(town, by, at, { locked: { ...locked, firstAnsweredAt: at }, category, seen: null });
    const seen = what.seen ?? null;
    const word = await settle(town, by, at, report, { status: "accepted", problem, text: "", seen });
    await appendEvent(town, asActor(by), at, {
      verb: "report.accepted",
      subject: { kind: "report", id: report },
      facts: { problem, word, seen },
    });
    return { problem };
  });
}

/**
 * Opened under another category than its reporter chose, that is the report's; joined, it gets the problem's where it had none. What
 * everybody in the office has read is of no sealed one.
 */
async function categoryToSay(
  town: Town,
  locked: LockedReport,
  what: AcceptByJoining | AcceptByOpening,
  problem: string,
): Promise<Category | null> {
  if (locked.category !== null && "problem" in what) return null;
  const { category } = await town.db
    .selectFrom("ledger.problem")
    .select("category")
    .where("town", "=", town.id)
    .where("id", "=", problem)
    .executeTakeFirstOrThrow();
  const said = category === locked.category ? null : await findCategory(town, category);
  return said?.sealed === true ? null : said;
}

type Joined = Parameters<typeof openProblem>[3]["reports"][number];

async function joinOrOpen(town: Town, by: Officer, at: Date, what: AcceptByJoining | AcceptByOpening, joined: Joined): Promise<string> {
  if ("problem" in what) {
    const { problem } = what;
    await joinReport(town, by, at, { problem, ...joined, answer: await lastAnswerOf(town, problem, joined.report) });
    return problem;
  }
  const { report: _report, seen: _seen, ...opening } = what;
  const { problem } = await openProblem(town, by, at, { ...opening, reports: [joined] });
  return problem;
}
