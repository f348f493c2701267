import { z } from "zod";
import { fileHash } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, type Officer } from "#people/officer";
import { id, openLineIfAny } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockProblem } from "./standing.ts";
import { whyNotWork } from "./who-may.ts";

/** A document that this officer sent for the problem (`addDocument`), and what it is. */
export const AddPaper = z.object({ problem: id, paper: fileHash, caption: openLineIfAny(200) });
export type AddPaper = z.output<typeof AddPaper>;

/**
 * Lays a document beside a problem, for the officers of its desk: never public, and no reason to draw a form again. The log tells that
 * there is one, not what it is. Refusals: those of add-evidence.
 */
export async function addPaper(town: Town, by: Officer, at: Date, what: AddPaper): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, null);
    refuse(whyNotWork("add-evidence", standing, by));
    const { paper, problem, caption } = what;
    const added = await useFiles(town, asActor(by), at, { files: [paper], purpose: "paper", subject: problem, caption });
    refuse(added === 0 ? "evidence/nothing-new" : null);
    await appendEvent(town, asActor(by), at, {
      verb: "problem.paper-added",
      subject: { kind: "problem", id: problem },
      words: { caption },
    });
  });
}
