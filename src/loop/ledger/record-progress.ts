import { z } from "zod";
import { photoHashes } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { choice, openly, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { tickedMeasures, whyNotTicked } from "./measures.ts";
import { lockProblem } from "./standing.ts";
import { whyNotWork } from "./who-may.ts";

export const RecordProgress = z.object({
  ...drawnFrom,
  note: openly(paragraph(2000)),
  measuresDone: tickedMeasures,
  photos: photoHashes,
  stage: choice(["before", "during", "after"]).default("during"),
});
export type RecordProgress = z.output<typeof RecordProgress>;

export async function recordProgress(town: Town, by: Officer, at: Date, what: RecordProgress): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotWork("record-progress", standing, by));
    const { problem } = standing;
    const { note, measuresDone } = what;
    refuse(whyNotTicked(problem.measures, measuresDone));
    const progress = newId(at);
    await town.db
      .insertInto("ledger.progress")
      .values({ town: town.id, id: progress, problem: problem.id, note, recorded_by: by.id, recorded_at: at })
      .execute();
    await useFiles(town, asActor(by), at, { files: what.photos, purpose: what.stage, subject: problem.id });
    const version = await changeProblem(town, problem, { progress_count: problem.progressCount + 1, measures_done: measuresDone });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.progressed",
      subject: { kind: "problem", id: problem.id },
      facts: { version, measuresDone, photos: what.photos, stage: what.stage, progress },
      words: { note },
    });
  });
}
