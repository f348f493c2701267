import { z } from "zod";
import { appendEvent } from "#audit/append-event";
import { id, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const ChangeOfficer = z.object({ officer: id, name: line(40), titleZh: optionalLine(60), titleEn: optionalLine(120), unit: id });
export type ChangeOfficer = z.infer<typeof ChangeOfficer>;

/** A new name, title or unit. The login stays: the log knows the officer by id, people know them by it. */
export async function changeOfficer(town: Town, by: Officer, at: Date, what: ChangeOfficer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    if ((await listUnits(town)).find((unit) => unit.id === what.unit)?.retired !== false) throw new Refusal("unit/unknown");
    const changed = await town.db
      .updateTable("people.officer")
      .set({ name: what.name, title_zh: what.titleZh, title_en: what.titleEn, unit: what.unit })
      .where("town", "=", town.id)
      .where("id", "=", what.officer)
      .returning("id")
      .executeTakeFirst();
    if (changed === undefined) throw new Refusal("officer/unknown");
    await appendEvent(town, asActor(by), at, {
      verb: "officer.changed",
      subject: { kind: "officer", id: what.officer },
      facts: { unit: what.unit },
      words: { name: what.name, title: what.titleZh },
    });
  });
}
