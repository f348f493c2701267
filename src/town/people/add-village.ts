import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { HALF_A_POSITION, isWholePosition, latitude, longitude, writtenDegrees } from "#platform/numbers";
import { codeName, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const AddVillage = z
  .object({
    nameZh: line(40),
    nameEn: optionalLine(80),
    /** The twelve-digit division code, or empty. */
    code: codeName(/^(\d{12})?$/, "number/impossible")
      .transform((typed) => (typed === "" ? null : typed))
      .default(null),
    lon: longitude,
    lat: latitude,
  })
  .refine(isWholePosition, HALF_A_POSITION);
export type AddVillage = z.infer<typeof AddVillage>;

/** Adds a village. `by` null: at set-up. */
export async function addVillage(town: Town, by: Officer | null, at: Date, what: AddVillage): Promise<string> {
  return transact(town, async (town) => {
    if (by !== null) refuse(whyNotDuty(by, "office", "system_admin"));
    const id = newId(at);
    await town.db
      .insertInto("people.village")
      .values({
        town: town.id,
        id,
        code: what.code,
        name_zh: what.nameZh,
        name_en: what.nameEn,
        lon: what.lon,
        lat: what.lat,
        added_at: at,
      })
      .execute();
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "village.added",
      subject: { kind: "village", id },
      facts: { code: what.code, lon: writtenDegrees(what.lon), lat: writtenDegrees(what.lat) },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
    return id;
  });
}
