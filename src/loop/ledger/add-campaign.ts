import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { optionalWholeNumber } from "#platform/numbers";
import { day, id, line, optionalLine, optionalParagraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { appendEvent } from "./events.ts";

export const AddCampaign = z.object({
  nameZh: line(60),
  nameEn: optionalLine(120),
  head: id,
  planZh: optionalParagraph(5000),
  planEn: optionalParagraph(5000),
  startsOn: day,
  endsOn: day,
  /** Within so many days of its assignment a problem of this campaign is to be done, where that is earlier than the category's limit. */
  finishDays: optionalWholeNumber(1, 365),
});
export type AddCampaign = z.output<typeof AddCampaign>;

export async function addCampaign(town: Town, by: Officer, at: Date, what: AddCampaign): Promise<string> {
  refuse(whyNotDuty(by, "office", "secretary"));
  return transact(town, async (town) => {
    refuse(await whyNotCampaign(town, what));
    const campaign = newId(at);
    await town.db
      .insertInto("ledger.campaign")
      .values({ town: town.id, id: campaign, ...campaignColumns(what), added_at: at })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "campaign.added",
      subject: { kind: "campaign", id: campaign },
      facts: { head: what.head, startsOn: what.startsOn, endsOn: what.endsOn, finishDays: what.finishDays },
      words: { nameZh: what.nameZh, nameEn: what.nameEn, planZh: what.planZh, planEn: what.planEn },
    });
    return campaign;
  });
}

/** One head, at work; a start before the end. */
export async function whyNotCampaign(town: Town, what: AddCampaign): Promise<RefusalCode | null> {
  if (what.endsOn < what.startsOn) return "campaign/days-reversed";
  const head = await town.db
    .selectFrom("people.officer")
    .select("disabled_at")
    .where("town", "=", town.id)
    .where("id", "=", what.head)
    .executeTakeFirst();
  if (head === undefined) return "officer/unknown";
  return head.disabled_at === null ? null : "officer/disabled";
}

export function campaignColumns({ nameZh, nameEn, head, planZh, planEn, startsOn, endsOn, finishDays }: AddCampaign) {
  const named = { name_zh: nameZh, name_en: nameEn, head, plan_zh: planZh, plan_en: planEn };
  return { ...named, starts_on: startsOn, ends_on: endsOn, finish_days: finishDays };
}
