import type { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { AddCampaign, campaignColumns, whyNotCampaign } from "./add-campaign.ts";

export const ChangeCampaign = AddCampaign.extend({ campaign: id });
export type ChangeCampaign = z.output<typeof ChangeCampaign>;

export async function changeCampaign(town: Town, by: Officer, at: Date, what: ChangeCampaign): Promise<void> {
  refuse(whyNotDuty(by, "office", "secretary"));
  await transact(town, async (town) => {
    refuse(await whyNotCampaign(town, what));
    const changed = await town.db
      .updateTable("ledger.campaign")
      .set(campaignColumns(what))
      .where("town", "=", town.id)
      .where("id", "=", what.campaign)
      .returning("id")
      .executeTakeFirst();
    if (changed === undefined) throw new Refusal("campaign/unknown");
    await appendEvent(town, asActor(by), at, {
      verb: "campaign.changed",
      subject: { kind: "campaign", id: what.campaign },
      facts: { head: what.head, startsOn: what.startsOn, endsOn: what.endsOn },
      words: { nameZh: what.nameZh, nameEn: what.nameEn, planZh: what.planZh, planEn: what.planEn },
    });
  });
}
