import { z } from "zod";
import { photoHashes } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { openly, openParagraphIfAny, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { tickedMeasures, whyNotAccountedFor } from "./measures.ts";
import { moveProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { whyNotWork } from "./who-may.ts";

export const DeclareRectified = z.object({
  ...drawnFrom,
  done: openly(paragraph(2000)),
  measuresDone: tickedMeasures,
  /** Why a measure was left, where one was. */
  undone: openParagraphIfAny(1000),
  photos: photoHashes,
});
export type DeclareRectified = z.output<typeof DeclareRectified>;

/**
 * 申请销号. Every measure is ticked or explained, and it needs an `after` picture that is new since the last declaration: those sent along
 * count, those kept before too.
 */
export async function declareRectified(town: Town, by: Officer, at: Date, what: DeclareRectified): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotWork("declare-rectified", standing, by));
    const { done, measuresDone, undone } = what;
    refuse(whyNotAccountedFor(standing.problem.measures, measuresDone, undone));
    const added = await useFiles(town, asActor(by), at, { files: what.photos, purpose: "after", subject: what.problem });
    refuse(standing.freshAfter + added === 0 ? "evidence/no-after" : null);
    const rectification = newId(at);
    await town.db
      .insertInto("ledger.rectification")
      .values({ town: town.id, id: rectification, problem: what.problem, done, undone, declared_by: by.id, declared_at: at })
      .execute();
    const version = await moveProblem(town, standing.problem, "rectified", { rectified_on: dayOf(at), measures_done: measuresDone });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.rectified",
      subject: { kind: "problem", id: what.problem },
      facts: { version, rectification, photos: what.photos, measuresDone },
      words: { done, undone },
    });
  });
}
