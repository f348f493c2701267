import { z } from "zod";
import { choice, line } from "#platform/text";

export const LIMIT_UNITS = ["working_day", "calendar_day", "hour"] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

const limit = (least: number) =>
  z
    .string({ error: "number/impossible" })
    .regex(/^\s*\d{1,4}\s*$/, { error: "number/impossible" })
    .transform(Number)
    .refine((count) => count >= least, { error: "number/impossible" });

/** What is said of a category when it is added and when it is changed. */
export const CATEGORY_FIELDS = {
  nameZh: line(40),
  nameEn: line(80),
  limitUnit: choice(LIMIT_UNITS),
  firstReplyLimit: limit(1),
  finishLimit: limit(1),
  extensionLimit: limit(0),
  /** Days for which who reported is kept after the matter has ended. */
  retentionDays: limit(30).refine((days) => days <= 3650, { error: "number/impossible" }),
};

/** A kind of matter a person may raise, with the limits that kind carries. */
export type Category = {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly limitUnit: LimitUnit;
  readonly firstReplyLimit: number;
  readonly finishLimit: number;
  readonly extensionLimit: number;
  /** For how long who reported is kept after the matter has ended. */
  readonly retentionDays: number;
  readonly retired: boolean;
};
