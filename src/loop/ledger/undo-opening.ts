import { asActor, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { appendEvent } from "./events.ts";
import { moveProblem } from "./move-problem.ts";
import { lockProblem, type Standing } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export type UndoOpening = { readonly problem: string; readonly reason: string };

/**
 * 撤销立项: the number was given by mistake, for one report, and nothing has happened under it since. It is never given again: the entry
 * stays, with the reason, as one that is not taken up (docs/decisions/0066). Refusals: problem/unknown, officer/not-allowed,
 * problem/wrong-status, opening/followed.
 */
export async function undoOpening(town: Town, by: Officer, at: Date, what: UndoOpening): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, null);
    refuse(await whyNotUndoOpening(town, standing, by));
    const version = await moveProblem(town, standing.problem, "dismissed", {});
    await appendEvent(town, asActor(by), at, {
      verb: "problem.opening-undone",
      subject: { kind: "problem", id: what.problem },
      facts: { version },
      words: { reason: what.reason },
    });
  });
}

/** Whatever happened to a problem is an event: its opening must be the only one. */
export async function whyNotUndoOpening(town: Town, standing: Standing, by: Officer): Promise<RefusalCode | null> {
  const { problem } = standing;
  const no = whyNotAct(LEDGER_ACTS["undo-opening"], standing, by);
  if (no !== null) return no === "problem/wrong-status" ? "opening/followed" : no;
  const happened = await town.db
    .selectFrom("audit.event")
    .select("id")
    .where("town", "=", town.id)
    .where("subject", "=", problem.id)
    .limit(2)
    .execute();
  return happened.length === 1 && problem.reportCount === 1 ? null : "opening/followed";
}
