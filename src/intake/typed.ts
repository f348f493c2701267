import { z } from "zod";

const NOT_DIALLED = /[\s\p{Dash_Punctuation}()（）.]/gu;

/** A telephone number as people write it, or nothing; kept as its digits, with a leading + when it has one. */
export const optionalPhone = z
  .string({ error: "phone/impossible" })
  .transform((typed) => typed.normalize("NFKC").replaceAll(NOT_DIALLED, ""))
  .refine((typed) => typed === "" || /^\+?\d{5,15}$/.test(typed), { error: "phone/impossible" })
  .default("");

/** Degrees on WGS 84; absent and empty are null. Comes as text from a form and as a number from a program. */
export const longitude = degrees(180);
export const latitude = degrees(90);

function degrees(most: number) {
  return z
    .union([z.string(), z.number()], { error: "position/impossible" })
    .nullish()
    .transform((typed) => (typed === undefined || typed === null || typed === "" ? null : Number(typed)))
    .refine((value) => value === null || (Number.isFinite(value) && Math.abs(value) <= most), { error: "position/impossible" });
}
