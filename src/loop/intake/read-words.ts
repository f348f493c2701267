import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { keepWord } from "./keep-word.ts";
import { markRead } from "./mark-read.ts";
import { lockReport } from "./settle.ts";

/** `seen`: the last of the words that were read. */
export const ReadWords = z.object({ report: id, seen: id });
export type ReadWords = z.infer<typeof ReadWords>;

/**
 * Somebody has read what the reporter added; the reporter sees that, and when. Refusals: officer/not-allowed, report/unknown,
 * report/nothing-new (a colleague was quicker).
 */
export async function readWords(town: Town, by: Officer, at: Date, what: ReadWords): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office"));
    const { id: report } = await lockReport(town, what.report);
    if (!(await markRead(town, report, what.seen))) throw new Refusal("report/nothing-new");
    const word = await keepWord(town, by, at, { report, kind: "read", text: "" });
    await appendEvent(town, asActor(by), at, {
      verb: "report.read",
      subject: { kind: "report", id: report },
      facts: { word, seen: what.seen },
    });
  });
}
