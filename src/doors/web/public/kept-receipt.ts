import type { Report } from "#intake/queries";
import { FIRST_ISSUE, receiptCode, showReceiptCode } from "#intake/receipt-code";
import type { Day } from "#platform/instant";
import { keptDay } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { readReportStory, type ReportStory } from "./track/report-story.ts";
import { kindOfSlip, readSlipStory, type SlipStory } from "./track/slip-story.ts";
import { wayOfProblem, wayOfReport, type Way } from "./way.ts";

/** What a receipt says, whatever it is the receipt of: on its page, as a picture and as a file. */
export type Kept = {
  /** As it is shown. */
  readonly code: string;
  readonly sentence: string;
  readonly receivedAt: Date;
  /** What is promised or to be known, with its name: on the picture, and in the file. */
  readonly told: { readonly picture: readonly [string, string]; readonly file: readonly [string, string] };
  readonly way: Way;
  /** The last line of the picture. */
  readonly last: string;
  readonly file: { readonly heading: (town: string) => string; readonly keep: string };
};

export async function reportReceipt(visit: Visit, report: string): Promise<Kept | null> {
  const story = await readReportStory(visit.town, report);
  return story === null ? null : keptOfReport(visit, story);
}

/** Which issue of its receipt is good. */
export function issueOf({ reissue }: Pick<Report, "reissue">): number {
  return reissue?.issue ?? FIRST_ISSUE;
}

export async function slipReceipt(visit: Visit, slip: string): Promise<Kept | null> {
  const story = await readSlipStory(visit.town, slip);
  return story === null ? null : keptOfSlip(visit, story);
}

/** Whoever finds the receipt of a sealed report does not learn from it that somebody was reported. */
export function keptOfReport(visit: Visit, { report, problem, round, questions }: ReportStory): Kept {
  const { card, file } = visit.words.report.receipt;
  return {
    code: codeOf(visit, report.id, issueOf(report)),
    sentence: report.sealed ? visit.words.sealed.receipt : report.title,
    receivedAt: report.receivedAt,
    told: { picture: [card.firstReply, beforeDay(visit, report.firstReplyDueOn)], file: [file.firstReply, report.firstReplyDueOn ?? "—"] },
    way: wayOfReport(report, problem, round, questions, visit.at),
    last: card.last,
    file,
  };
}

export function keptOfSlip(visit: Visit, story: SlipStory): Kept {
  const words = visit.words.report.slip;
  const { slip, told, round } = story;
  return {
    code: codeOf(visit, slip.id, FIRST_ISSUE),
    sentence: words.sentence[kindOfSlip(slip)](told.problem.title),
    receivedAt: slip.givenAt,
    told: toldOfSlip(visit, story),
    way: wayOfProblem(told.problem, round, visit.at),
    last: words.last,
    file: words.file,
  };
}

function toldOfSlip(visit: Visit, { slip }: SlipStory): Kept["told"] {
  const words = visit.words.report.slip;
  const { objection, number } = slip;
  if (objection === null) return { picture: [words.number, number], file: [words.number, number] };
  return { picture: [words.answer, beforeDay(visit, objection.dueOn)], file: [words.answeredBy, objection.dueOn ?? "—"] };
}

function codeOf(visit: Visit, id: string, issue: number): string {
  return showReceiptCode(receiptCode(visit.town.keys, id, issue));
}

function beforeDay(visit: Visit, day: Day | null): string {
  const { before, soon } = visit.words.report.receipt.card;
  return day === null ? soon : before(keptDay(visit, day));
}
