import { z } from "zod";
import { judgeable } from "#platform/characters";
import { line, optionalLine } from "#platform/text";
import type { Town } from "#platform/town";

const FAULT = { error: "phone/impossible" };
const LONGEST_PHONE = 30;

/** As it is read aloud, with its spaces and dashes; short numbers such as 12345 are numbers too. */
const optionalPhone = z
  .string(FAULT)
  .max(LONGEST_PHONE * 8, FAULT)
  .transform((typed) => judgeable(typed).replaceAll(/\s+/g, " ").trim())
  .refine((typed) => typed.length <= LONGEST_PHONE && (typed === "" || /^\+?[\d ()-]+$/.test(typed)), FAULT)
  .refine((typed) => typed === "" || /^\d{3,15}$/.test(typed.replaceAll(/\D/g, "")), FAULT)
  .default("");

/** What a town says of itself to everybody: its names, how to reach it, who answers for the site, its record numbers (备案). */
export const Particulars = z.object({
  nameZh: line(40),
  nameEn: optionalLine(80),
  phone: optionalPhone,
  hours: optionalLine(60),
  address: optionalLine(100),
  responsible: optionalLine(60),
  icpRecord: optionalLine(40),
  policeRecord: optionalLine(40),
});
export type Particulars = z.infer<typeof Particulars>;

export async function readParticulars(town: Town): Promise<Particulars & { readonly version: number }> {
  return town.db
    .selectFrom("people.town")
    .select([
      "name_zh as nameZh",
      "name_en as nameEn",
      "phone",
      "hours",
      "address",
      "responsible",
      "icp_record as icpRecord",
      "police_record as policeRecord",
      "version",
    ])
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
}
