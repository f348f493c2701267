import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { THEME_FIELDS } from "./add-theme.ts";

export const ChangeTheme = z.object({ theme: id, ...THEME_FIELDS });
export type ChangeTheme = z.output<typeof ChangeTheme>;

/** Another name or place; a theme never moves to another campaign, because its problems count there. */
export async function changeTheme(town: Town, by: Officer, at: Date, what: ChangeTheme): Promise<void> {
  refuse(whyNotDuty(by, "office", "secretary"));
  await transact(town, async (town) => {
    const changed = await town.db
      .updateTable("ledger.theme")
      .set({ name_zh: what.nameZh, name_en: what.nameEn, position: what.position })
      .where("town", "=", town.id)
      .where("id", "=", what.theme)
      .returning("campaign")
      .executeTakeFirst();
    if (changed === undefined) throw new Refusal("theme/unknown");
    await appendEvent(town, asActor(by), at, {
      verb: "theme.changed",
      subject: { kind: "theme", id: what.theme },
      facts: { campaign: changed.campaign, position: what.position },
      words: { nameZh: what.nameZh, nameEn: what.nameEn },
    });
  });
}
