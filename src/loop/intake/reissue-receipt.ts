import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { hasLookedSince, kindsHeld } from "#vault/queries";
import { LOOK_MS } from "#vault/record-look";
import { appendEvent } from "./events.ts";
import { whyNotLookAt } from "./look-at-identity.ts";
import { lastReissue, type Reissue } from "./queries.ts";
import { FIRST_ISSUE, receiptCode, receiptHash } from "./receipt-code.ts";
import { REISSUE_MANNERS } from "./report.ts";
import { lockReport } from "./settle.ts";

/** `manner`: the number on file was called, and who reported was at its other end, or stood at the desk with it in their hand. */
export const ReissueReceipt = z.object({ report: id, manner: choice(REISSUE_MANNERS) });
export type ReissueReceipt = z.infer<typeof ReissueReceipt>;

/**
 * Gives a report another receipt code; the one before opens nothing from now on (docs/decisions/0075). The code itself is in no row and
 * no event: it is made again where it may be shown. Of two clerks at once the report's lock lets one pass; the other finds it done today.
 * Refusals: officer/not-allowed, officer/involved, report/unknown, identity/no-phone, receipt/look-first, receipt/reissued-today.
 */
export async function reissueReceipt(town: Town, by: Officer, at: Date, { report, manner }: ReissueReceipt): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "clerk", "office")); // the duty first: who may not, learns nothing of the report
    await lockReport(town, report);
    const before = await lastReissue(town, report);
    refuse(await whyNotReissue(town, by, at, { report, reissue: before }));
    const last = before?.issue ?? FIRST_ISSUE;
    const issue = last + 1;
    const hashOf = (issue: number) => receiptHash(town.keys, receiptCode(town.keys, report, issue));
    await town.db
      .insertInto("intake.reissue")
      .values({ town: town.id, report, issue, manner, dead_hash: hashOf(last), reissued_at: at, reissued_by: by.id })
      .execute();
    await town.db
      .updateTable("intake.report")
      .set({ receipt_hash: hashOf(issue) })
      .where("town", "=", town.id)
      .where("id", "=", report)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "receipt.reissued",
      subject: { kind: "report", id: report },
      facts: { issue, manner },
    });
  });
}

/**
 * Why this officer may not reissue it now: they looked at the identity within the last ten minutes, or had it called, there is a
 * telephone to call, and it was not done today already. Refusals: those of reissueReceipt.
 */
export async function whyNotReissue(
  town: Town,
  by: Officer,
  at: Date,
  { report, reissue }: { readonly report: string; readonly reissue: Reissue | null },
): Promise<RefusalCode | null> {
  const no = await whyNotLookAt(town, by, report);
  if (no !== null) return no;
  if ((await kindsHeld(town, [report])).get(report)?.includes("phone") !== true) return "identity/no-phone";
  if (reissue !== null && dayOf(reissue.at) === dayOf(at)) return "receipt/reissued-today";
  return (await hasLookedSince(town, by.id, new Date(at.getTime() - LOOK_MS), report)) ? null : "receipt/look-first";
}
