import type { z } from "zod";
import type { Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { markSealedRead } from "./mark-read.ts";
import { ReadWords } from "./read-words.ts";
import { lockToReceive } from "./sealed-reports.ts";
import { sayToReporter } from "./settle-sealed.ts";

export const ReadSealedWords = ReadWords;
export type ReadSealedWords = z.infer<typeof ReadSealedWords>;

/** A receiver has read what its reporter added; the reporter sees that, and when. Refusals: report/unknown, report/nothing-new. */
export async function readSealedWords(town: Town, by: Officer, at: Date, what: ReadSealedWords): Promise<void> {
  await transact(town, async (town) => {
    const { id: report } = await lockToReceive(town, by, what.report);
    if (!(await markSealedRead(town, report, what.seen))) throw new Refusal("report/nothing-new");
    await sayToReporter(town, by, at, { report, kind: "read", text: "", seen: what.seen });
  });
}
