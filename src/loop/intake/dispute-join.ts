import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { newId } from "#platform/ids";
import { id, optionalParagraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import { whyNotDispute } from "./report.ts";
import { lockReport } from "./settle.ts";
import { wordKinds } from "./word-kinds.ts";

export const DisputeJoin = z.object({ report: id, text: optionalParagraph(1000) });
export type DisputeJoin = z.infer<typeof DisputeJoin>;

/**
 * "这不是我说的那件事": its reporter says that the problem is another matter. It changes nothing by itself: it waits until the intake desk has
 * taken the report out, moved it, or confirmed that it is the same. The door made sure that who says so holds the receipt code. Refusals:
 * report/unknown, report/not-joined, report/disputed, report/join-confirmed.
 */
export async function disputeJoin(town: Town, at: Date, what: DisputeJoin): Promise<void> {
  await transact(town, async (town) => {
    const report = await lockReport(town, what.report);
    refuse(whyNotDispute(report, await wordKinds(town, report.id)));
    if (report.problem === null) throw new Refusal("report/not-joined");
    await town.db.updateTable("intake.report").set({ disputed_at: at }).where("town", "=", town.id).where("id", "=", report.id).execute();
    const word = newId(at);
    await town.db
      .insertInto("intake.word")
      .values({ town: town.id, id: word, report: report.id, kind: "disputed", text: what.text, said_at: at })
      .execute();
    await appendEvent(town, RESIDENT, at, {
      verb: "report.disputed",
      subject: { kind: "report", id: report.id },
      facts: { problem: report.problem, word },
      words: { text: what.text },
    });
  });
}
