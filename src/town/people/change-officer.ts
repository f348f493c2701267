import { z } from "zod";
import { newId } from "#platform/ids";
import { id, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const ChangeOfficer = z.object({
  officer: id,
  ...drawnFrom,
  name: line(40),
  titleZh: optionalLine(60),
  titleEn: optionalLine(120),
  unit: id,
});
export type ChangeOfficer = z.infer<typeof ChangeOfficer>;

/** A new name, title or unit. The login stays: the log knows the officer by id, people know them by it. */
export async function changeOfficer(town: Town, by: Officer, at: Date, what: ChangeOfficer): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    const account = await lockAccount(town, what);
    if ((await listUnits(town)).find((unit) => unit.id === what.unit)?.retired !== false) throw new Refusal("unit/unknown");
    await rememberUnit(town, at, what);
    const version = await changeAccount(town, account, {
      name: what.name,
      title_zh: what.titleZh,
      title_en: what.titleEn,
      unit: what.unit,
    });
    await appendEvent(town, asActor(by), at, {
      verb: "officer.changed",
      subject: { kind: "officer", id: what.officer },
      facts: { unit: what.unit, version },
      words: { name: what.name, title: what.titleZh, titleEn: what.titleEn },
    });
  });
}

/** Whoever moves stays known to the unit they leave: what it answers for concerns them still. */
async function rememberUnit(town: Town, at: Date, { officer, unit }: ChangeOfficer): Promise<void> {
  await town.db
    .insertInto("people.former_unit")
    .columns(["town", "id", "officer", "unit", "left_at"])
    .expression((eb) =>
      eb
        .selectFrom("people.officer as o")
        .select((eb) => ["o.town", eb.val(newId(at)).as("id"), "o.id as officer", "o.unit", eb.val(at).as("left_at")])
        .where("o.town", "=", town.id)
        .where("o.id", "=", officer)
        .where("o.unit", "<>", unit),
    )
    .execute();
}
