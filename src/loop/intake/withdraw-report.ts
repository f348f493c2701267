import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { releaseReport } from "#ledger/release-report";
import { takeInOrder } from "#platform/lock-order";
import { newId } from "#platform/ids";
import { id, optionalParagraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { whyNotWithdraw } from "./report.ts";
import { lockSealed } from "./sealed-reports.ts";
import { lockReport } from "./settle.ts";
import { sayOfSealed } from "./settle-sealed.ts";

export const WithdrawReport = z.object({ report: id, reason: optionalParagraph(1000) });
export type WithdrawReport = z.infer<typeof WithdrawReport>;

/**
 * The reporter takes it back. A problem it opened or joined stays on the ledger, without counting it or asking about it.
 * The door made sure that who asks holds the receipt code. Refusals: report/unknown, report/nothing-to-withdraw.
 */
export async function withdrawReport(town: Town, at: Date, what: WithdrawReport): Promise<void> {
  await transact(town, async (town) => {
    // Sending it again must make a new report, not be folded into one that is gone. First: who sends again holds the marks before it
    // asks for the report.
    takeInOrder("sending");
    await town.db.deleteFrom("intake.sending").where("town", "=", town.id).where("report", "=", what.report).execute();
    const sealed = await lockSealed(town, what.report);
    if (sealed !== null) {
      refuse(whyNotWithdraw(sealed.status));
      await sayOfSealed(town, at, sealed.id, { kind: "withdrawn", text: what.reason });
      return;
    }
    const report = await lockReport(town, what.report);
    refuse(whyNotWithdraw(report.status));
    await town.db
      .updateTable("intake.report")
      .set({ status: "withdrawn", unread_since: null, disputed_at: null })
      .where("town", "=", town.id)
      .where("id", "=", report.id)
      .execute();
    const word = newId(at);
    await town.db
      .insertInto("intake.word")
      .values({ town: town.id, id: word, report: report.id, kind: "withdrawn", text: what.reason, said_at: at })
      .execute();
    await appendEvent(town, RESIDENT, at, {
      verb: "report.withdrawn",
      subject: { kind: "report", id: report.id },
      facts: { problem: report.problem, word },
      words: { reason: what.reason },
    });
    if (report.problem !== null) await releaseReport(town, RESIDENT, at, { report: report.id });
  });
}
