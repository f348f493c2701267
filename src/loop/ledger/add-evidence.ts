import { z } from "zod";
import { photoHashes } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, type Officer } from "#people/officer";
import { choice, openLineIfAny } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotWork } from "./who-may.ts";

export const AddEvidence = z.object({
  ...drawnFrom,
  photos: photoHashes,
  stage: choice(["before", "during", "after"]),
  caption: openLineIfAny(200),
});
export type AddEvidence = z.output<typeof AddEvidence>;

export async function addEvidence(town: Town, by: Officer, at: Date, what: AddEvidence): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotWork("add-evidence", standing, by));
    const { photos: files, stage: purpose, caption } = what;
    const added = await useFiles(town, asActor(by), at, { files, purpose, subject: what.problem, caption });
    refuse(added === 0 ? "evidence/nothing-new" : null);
    const version = await changeProblem(town, standing.problem, {});
    await appendEvent(town, asActor(by), at, {
      verb: "problem.evidence-added",
      subject: { kind: "problem", id: what.problem },
      facts: { version, photos: what.photos, stage: what.stage },
      words: { caption },
    });
  });
}
