import { DUTIES, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import type { ATown } from "./town.ts";

/** Nobody may be this in a real town; in a test it opens every form to what is typed in it. */
export async function somebodyOfEveryDuty({ town, units, cast, at }: ATown): Promise<Officer> {
  const officer: Officer = { id: newId(at), name: "全能", unit: units.office, duties: new Set(DUTIES) };
  await town.db
    .insertInto("people.officer")
    .values({ town: town.id, id: officer.id, unit: officer.unit, name: officer.name, login: "every-duty", added_at: at })
    .execute();
  await town.db
    .insertInto("people.duty")
    .values(DUTIES.map((duty) => ({ town: town.id, id: newId(at), officer: officer.id, duty, granted_at: at })))
    .execute();
  const credential = await town.db
    .selectFrom("people.credential")
    .select("password_hash")
    .where("town", "=", town.id)
    .where("officer", "=", cast.wuJie.id)
    .executeTakeFirstOrThrow();
  await town.db
    .insertInto("people.credential")
    .values({ town: town.id, officer: officer.id, password_hash: credential.password_hash, set_at: at, set_by: officer.id })
    .execute();
  return officer;
}
