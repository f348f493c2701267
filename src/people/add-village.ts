import { z } from "zod";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

const FAULT = { error: "position/impossible" };

/** A coordinate as a form carries it; empty means unknown. */
const degrees = (most: number) =>
  z
    .string(FAULT)
    .trim()
    .regex(/^(-?\d{1,3}(\.\d{1,12})?)?$/, FAULT)
    .transform((typed) => (typed === "" ? null : Number(typed)))
    .refine((value) => value === null || Math.abs(value) <= most, FAULT)
    .default(null);

export const AddVillage = z
  .object({
    nameZh: line(40),
    nameEn: line(80),
    /** The twelve-digit division code, or empty. */
    code: z
      .string()
      .trim()
      .regex(/^(\d{12})?$/, { error: "number/impossible" })
      .transform((typed) => (typed === "" ? null : typed))
      .default(null),
    lon: degrees(180),
    lat: degrees(90),
  })
  .refine((what) => (what.lon === null) === (what.lat === null), { ...FAULT, path: ["lat"] });
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
      facts: { code: what.code },
      words: { name: what.nameZh },
    });
    return id;
  });
}
