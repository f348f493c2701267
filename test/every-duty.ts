import { DUTIES, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { openAccount } from "./account.ts";
import type { ATown } from "./town.ts";

/** Nobody may be this in a real town; in a test it opens every form to what is typed in it. */
export async function somebodyOfEveryDuty({ town, units, at }: ATown): Promise<Officer> {
  const officer: Officer = { id: newId(at), name: "全能", unit: units.office, duties: new Set(DUTIES) };
  await town.db
    .insertInto("people.officer")
    .values({ town: town.id, id: officer.id, unit: officer.unit, name: officer.name, added_at: at })
    .execute();
  await town.db
    .insertInto("people.duty")
    .values(DUTIES.map((duty) => ({ town: town.id, id: newId(at), officer: officer.id, duty, granted_at: at })))
    .execute();
  await openAccount(town, { id: officer.id, login: "every-duty", openedAt: at });
  return officer;
}
