import { whyNotDuty, type Officer } from "#people/officer";
import { id, paragraph } from "#platform/text";
import type { Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { seen } from "./mark-read.ts";
import { standingDecision } from "./report.ts";
import { lockReport, type LockedReport } from "./settle.ts";
import { wordKinds } from "./word-kinds.ts";

/** `decision`: the word of what is corrected, as the page showed it: what a colleague decided since is not corrected unseen. */
export const CORRECTION = { report: id, decision: id, reason: paragraph(1000), seen };

/** A locked report and the event of what stands of it: that which the correction names. */
export type LockedToCorrect = { readonly locked: LockedReport; readonly corrects: string };

/** Locks a report whose last decision this officer is about to correct. Refusals: officer/not-allowed, report/unknown, report/changed. */
export async function lockToCorrect(
  town: Town,
  by: Officer,
  { report, decision }: { readonly report: string; readonly decision: string },
): Promise<LockedToCorrect> {
  refuse(whyNotDuty(by, "clerk", "office")); // the duty first: who may not, learns nothing of the report
  const locked = await lockReport(town, report);
  const stands = standingDecision(await wordKinds(town, report));
  if (stands?.id !== decision) throw new Refusal("report/changed");
  return { locked, corrects: await eventOf(town, report, `report.${stands.kind}`) };
}

async function eventOf(town: Town, report: string, verb: string): Promise<string> {
  const event = await town.db
    .selectFrom("audit.event")
    .select("id")
    .where("town", "=", town.id)
    .where("subject", "=", report)
    .where("verb", "=", verb)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return event.id;
}
