import type { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { AddCampaign, campaignColumns, whyNotCampaign } from "./add-campaign.ts";
import { appendEvent } from "./events.ts";

export const ChangeCampaign = AddCampaign.extend({ campaign: id, ...drawnFrom });
export type ChangeCampaign = z.output<typeof ChangeCampaign>;

export async function changeCampaign(town: Town, by: Officer, at: Date, what: ChangeCampaign): Promise<void> {
  refuse(whyNotDuty(by, "office", "secretary"));
  await transact(town, async (town) => {
    await lockTown(town);
    const campaign = await town.db
      .selectFrom("ledger.campaign")
      .select("version")
      .where("town", "=", town.id)
      .where("id", "=", what.campaign)
      .executeTakeFirst();
    if (campaign === undefined) throw new Refusal("campaign/unknown");
    refuse(whyNotDrawnFrom(campaign, what) ?? (await whyNotCampaign(town, what)));
    const version = campaign.version + 1;
    await town.db
      .updateTable("ledger.campaign")
      .set({ ...campaignColumns(what), version })
      .where("town", "=", town.id)
      .where("id", "=", what.campaign)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "campaign.changed",
      subject: { kind: "campaign", id: what.campaign },
      facts: { head: what.head, startsOn: what.startsOn, endsOn: what.endsOn, finishDays: what.finishDays, version },
      words: { nameZh: what.nameZh, nameEn: what.nameEn, planZh: what.planZh, planEn: what.planEn },
    });
  });
}
