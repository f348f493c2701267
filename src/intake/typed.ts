import { z } from "zod";

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
