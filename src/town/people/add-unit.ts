import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { choice, line, optionalId, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";
import { UNIT_KINDS, whyNotUnder } from "./unit.ts";

export const AddUnit = z.object({ nameZh: line(60), nameEn: optionalLine(120), kind: choice(UNIT_KINDS), parent: optionalId });
export type AddUnit = z.infer<typeof AddUnit>;

/** Adds a unit to the tree. `by` null: at set-up. */
export async function addUnit(town: Town, by: Officer | null, at: Date, what: AddUnit): Promise<string> {
  return transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "office", "system_admin"));
    await lockTown(town);
    refuse(whyNotUnder(await listUnits(town), null, what.parent));
    const id = newId(at);
    await town.db
      .insertInto("people.unit")
      .values({ town: town.id, id, parent: what.parent, name_zh: what.nameZh, name_en: what.nameEn, kind: what.kind, added_at: at })
      .execute();
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "unit.added",
      subject: { kind: "unit", id },
      facts: { kind: what.kind, parent: what.parent },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
    return id;
  });
}
