import { z } from "zod";
import { drawnFrom, whyNotDrawnFrom } from "#people/drawn-from";
import { lockTown } from "#people/lock-town";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { THEME_FIELDS } from "./add-theme.ts";
import { appendEvent } from "./events.ts";

export const ChangeTheme = z.object({ theme: id, ...drawnFrom, ...THEME_FIELDS });
export type ChangeTheme = z.output<typeof ChangeTheme>;

/** Another name or place; a theme never moves to another campaign, because its problems count there. */
export async function changeTheme(town: Town, by: Officer, at: Date, what: ChangeTheme): Promise<void> {
  refuse(whyNotDuty(by, "office", "secretary"));
  await transact(town, async (town) => {
    await lockTown(town);
    const theme = await town.db
      .selectFrom("ledger.theme")
      .select(["campaign", "version"])
      .where("town", "=", town.id)
      .where("id", "=", what.theme)
      .executeTakeFirst();
    if (theme === undefined) throw new Refusal("theme/unknown");
    refuse(whyNotDrawnFrom(theme, what));
    const version = theme.version + 1;
    await town.db
      .updateTable("ledger.theme")
      .set({ name_zh: what.nameZh, name_en: what.nameEn, position: what.position, version })
      .where("town", "=", town.id)
      .where("id", "=", what.theme)
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: "theme.changed",
      subject: { kind: "theme", id: what.theme },
      facts: { campaign: theme.campaign, position: what.position, version },
      words: { nameZh: what.nameZh, nameEn: what.nameEn },
    });
  });
}
