import { line, optionalId, optionalLine, paragraph } from "#platform/text";

/** What is said of a standard answer when it is added and when it is changed. */
export const STANDARD_ANSWER_FIELDS = {
  nameZh: line(40),
  nameEn: optionalLine(80),
  /** Null: it is offered under every category. */
  category: optionalId,
  text: paragraph(4000),
};

/** Words that the desk may begin an answer from; what stands in braces is filled from the report (placeholders.ts), or by hand. */
export type StandardAnswer = {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly category: string | null;
  readonly text: string;
  readonly retired: boolean;
  readonly version: number;
};
