import { z } from "zod";
import { unitNameNow } from "#ledger/answerable";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { choice, openly, openParagraphIfAny, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "#ledger/drawn-from";
import { tickedMeasures, whyNotAllSeen, whyNotTicked } from "#ledger/measures";
import { moveProblem } from "#ledger/move-problem";
import { returnToWork } from "#ledger/return-to-work";
import { lockProblem } from "#ledger/standing";
import { askReportersOf } from "./ask-reporters.ts";
import { appendEvent } from "./events.ts";
import { findRound } from "./find-round.ts";
import { whyNotCheck } from "./gate.ts";

export const CheckRectification = z.object({
  ...drawnFrom,
  manner: choice(["on_site", "on_paper"]),
  /** What was seen carried out, by position. */
  measuresSeen: tickedMeasures,
  /** Why the others were not, where any was not. */
  unseen: openParagraphIfAny(1000),
  finding: openly(paragraph(2000)),
  outcome: choice(["passed", "failed"]),
});
export type CheckRectification = z.output<typeof CheckRectification>;

/**
 * 复核: failed sends it back to work; passed asks every reachable reporter whether it is solved, and says of every measure that it was
 * seen, or why not. Refusals: those of `whyNotCheck`, problem/changed, measures/unknown, measures/unseen.
 */
export async function checkRectification(town: Town, by: Officer, at: Date, what: CheckRectification): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotCheck(standing, by));
    const { problem, manner, finding, outcome, measuresSeen, unseen } = what;
    const passed = outcome === "passed";
    refuse(whyNotTicked(standing.problem.measures, measuresSeen));
    refuse(passed ? whyNotAllSeen(standing.problem.measures, measuresSeen, unseen) : null);
    const rectification = await uncheckedRectification(town, problem);
    const check = newId(at);
    await town.db
      .insertInto("verification.check")
      .values({
        town: town.id,
        id: check,
        problem,
        rectification,
        manner,
        measures_seen: measuresSeen,
        unseen,
        finding,
        outcome,
        checked_by: by.id,
        checked_at: at,
      })
      .execute();
    const version = passed ? await moveProblem(town, standing.problem, "verified", {}) : await returnToWork(town, standing.problem);
    await appendEvent(town, asActor(by), at, {
      verb: passed ? "check.passed" : "check.failed",
      subject: { kind: "problem", id: problem },
      facts: { version, check, rectification, manner, measuresSeen, unit: by.unit },
      words: { finding, unseen, verifier: by.name, unitName: await unitNameNow(town, by.unit) },
    });
    if (passed) await askReportersOf(town, by, at, { problem, round: await findRound(town, problem), version });
  });
}

/** The declaration that waits for its check: there is one as long as the problem stands as rectified. */
async function uncheckedRectification(town: Town, problem: string): Promise<string> {
  const row = await town.db
    .selectFrom("ledger.rectification as r")
    .leftJoin("verification.check as c", (join) => join.onRef("c.town", "=", "r.town").onRef("c.rectification", "=", "r.id"))
    .select("r.id")
    .where("r.town", "=", town.id)
    .where("r.problem", "=", problem)
    .where("c.id", "is", null)
    .executeTakeFirstOrThrow();
  return row.id;
}
