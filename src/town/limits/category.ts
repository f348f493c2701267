import { wholeNumber } from "#platform/numbers";
import { choice, line, optionalLine } from "#platform/text";

export const LIMIT_UNITS = ["working_day", "calendar_day", "hour"] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** Working days, days or hours: nothing a town promises is longer. */
const LONGEST_LIMIT = 9_999;

/** What is said of a category when it is added and when it is changed. */
export const CATEGORY_FIELDS = {
  nameZh: line(40),
  nameEn: optionalLine(80),
  limitUnit: choice(LIMIT_UNITS),
  firstReplyLimit: wholeNumber(1, LONGEST_LIMIT),
  finishLimit: wholeNumber(1, LONGEST_LIMIT),
  extensionLimit: wholeNumber(0, LONGEST_LIMIT),
  /** Days for which who reported is kept after the matter has ended. */
  retentionDays: wholeNumber(30, 3650),
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
  /** Its reports are seen by their receivers alone. */
  readonly sealed: boolean;
  readonly retired: boolean;
  readonly version: number;
};
