import { z } from "zod";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { wholeNumber } from "#platform/numbers";
import { id, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";

export const THEME_FIELDS = {
  nameZh: line(40),
  nameEn: optionalLine(80),
  position: wholeNumber(0, 1000),
};

export const AddTheme = z.object({ campaign: id, ...THEME_FIELDS });
export type AddTheme = z.output<typeof AddTheme>;

export async function addTheme(town: Town, by: Officer, at: Date, what: AddTheme): Promise<string> {
  refuse(whyNotDuty(by, "office", "secretary"));
  return transact(town, async (town) => {
    const campaign = town.db.selectFrom("ledger.campaign").select("id").where("town", "=", town.id).where("id", "=", what.campaign);
    if ((await campaign.executeTakeFirst()) === undefined) throw new Refusal("campaign/unknown");
    const theme = newId(at);
    await town.db
      .insertInto("ledger.theme")
      .values({ town: town.id, id: theme, campaign: what.campaign, name_zh: what.nameZh, name_en: what.nameEn, position: what.position })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "theme.added",
      subject: { kind: "theme", id: theme },
      facts: { campaign: what.campaign, position: what.position },
      words: { nameZh: what.nameZh, nameEn: what.nameEn },
    });
    return theme;
  });
}
