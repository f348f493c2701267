import { z } from "zod";
import { isInvolved } from "#ledger/involvement";
import { readStanding } from "#ledger/standing";
import { supplementProblem } from "#ledger/supplement-problem";
import { LEDGER_ACTS, whyNotAct } from "#ledger/who-may";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse, type RefusalCode } from "#refusals";
import { withoutIdentity } from "#vault/without-identity";
import { addedBefore } from "./add-word.ts";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { markRead, seen } from "./mark-read.ts";
import type { Report } from "./queries.ts";
import { whyNothingToPassOn } from "./report.ts";
import { lockReport } from "./settle.ts";

export const PassWordsOn = z.object({ report: id, text: paragraph(10_000), seen });
export type PassWordsOn = z.infer<typeof PassWordsOn>;

/**
 * Passes what a reporter added on to whoever works on the problem, in words of the officer's choosing, out of which everything that the
 * vault holds of the reporter is taken, and every number that leads to a person. Counts as read. Refusals: officer/not-allowed,
 * officer/involved, report/unknown, report/no-problem, report/nothing-added, problem/wrong-status.
 */
export async function passWordsOn(town: Town, by: Officer, at: Date, what: PassWordsOn): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office")); // the duty first: who may not, learns nothing of the report
    const report = await lockReport(town, what.report);
    refuse(await whyNotPassOn(town, by, { ...report, added: await addedBefore(town, report.id) }));
    const { id, problem } = report;
    if (problem === null) throw new Refusal("report/no-problem");
    const text = await withoutIdentity(town, id, what.text);
    const seen = what.seen ?? null;
    await markRead(town, id, seen);
    await supplementProblem(town, by, at, { problem, report: id, text });
    const word = await keepWord(town, by, at, { report: id, kind: "passed-on", text });
    await appendEvent(town, asActor(by), at, {
      verb: "report.passed-on",
      subject: { kind: "report", id },
      facts: { problem, word, seen },
      words: { text },
    });
  });
}

type Passable = Pick<Report, "status" | "problem"> & { readonly added: number };

/** What is taken out of the words tells who reported: nobody who is involved in the problem may see it happen. */
export async function whyNotPassOn(town: Town, by: Officer, { status, problem, added }: Passable): Promise<RefusalCode | null> {
  const no = whyNotDuty(by, "clerk", "office") ?? whyNothingToPassOn(status, added);
  if (no !== null || problem === null) return no;
  const standing = await readStanding(town, problem);
  return whyNotAct(LEDGER_ACTS.supplement, standing, by) ?? (isInvolved(standing, by) ? "officer/involved" : null);
}

/** What was added since something was last passed on, as it may be: who may pass it on begins from it. */
export async function wordsToPassOn(town: Town, { id, words }: Pick<Report, "id" | "words">): Promise<string> {
  const since = words.findLastIndex(({ kind }) => kind === "passed-on");
  const said = words.slice(since + 1).filter(({ kind }) => kind === "added");
  return withoutIdentity(town, id, said.map(({ text }) => text).join("\n"));
}
