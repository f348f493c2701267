import { z } from "zod";
import { kind, later, log, page, sealed, tellsNoRow, type Told } from "#audit/kind";
import { theOne, type Rows } from "#audit/rows";
import { countedAnswers, type Said } from "./counted-answers.ts";
import { changeProblemRow, problemRow } from "./told-problem.ts";

const id = z.string();
const count = z.number();
/** What its reporter answered last of this problem: counted while the report is joined to it. */
const said = log(z.object({ solved: z.boolean(), satisfied: z.boolean().nullable() }).nullable());

/** Which reports a problem answers, and what comes of one that it does not. */
export const JOINED_EVENTS = {
  "problem.joined": kind({
    subject: "problem",
    facts: { report: sealed(id), channel: page(z.string()), reports: page(count), answer: later(said) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ at, by, subject, facts }, rows) {
      countReports(rows, 1);
      countAnswer(rows, facts.answer, 1);
      if (facts.report !== undefined) addJoined(rows, { at, by, subject }, { ...facts, report: facts.report });
    },
  }),
  "problem.released": kind({
    subject: "problem",
    facts: { report: sealed(id), reports: log(count) },
    words: {},
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell({ at, facts }, rows) {
      countReports(rows, -1);
      rows.change("ledger.joined_report", { withdrawn_at: at }, ({ report }) => report === facts.report);
    },
  }),
  "problem.separated": kind({
    subject: "problem",
    facts: { report: sealed(id), channel: page(z.string()), reports: page(count), answer: said, silent: log(z.boolean()) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ at, facts }, rows) {
      countReports(rows, -1);
      countAnswer(rows, facts.answer, -1);
      rows.change("ledger.problem", { silent_count: (problemRow(rows).silent_count ?? 0) - Number(facts.silent === true) }, theOne);
      rows.change("ledger.joined_report", { separated_at: at }, ({ report }) => report === facts.report);
    },
  }),
  "problem.opening-undone": kind({
    subject: "problem",
    facts: { version: log(count) },
    words: { reason: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      changeProblemRow(rows, told, { status: "dismissed" });
    },
  }),
  "problem.supplemented": kind({
    subject: "problem",
    facts: { report: sealed(id) },
    words: { text: "sealed" },
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell: tellsNoRow,
  }),
};

function countReports(rows: Rows, more: 1 | -1): void {
  rows.change("ledger.problem", { report_count: (problemRow(rows).report_count ?? 0) + more }, theOne);
}

type Joined = { readonly report?: string; readonly channel?: string | undefined };

export function addJoined(rows: Rows, { at, by, subject }: Pick<Told, "at" | "by" | "subject">, { report, channel }: Joined): void {
  const row = { problem: subject, report, channel, joined_at: at, joined_by: by ?? undefined };
  if (report === undefined) rows.add("ledger.joined_report", row);
  else rows.put("ledger.joined_report", { ...row, withdrawn_at: null, separated_at: null }, (joined) => joined.report === report);
}

/** Events of before the correction of joins tell no answer: there was none to count. */
function countAnswer(rows: Rows, answer: Said | null | undefined, times: 1 | -1): void {
  const { answered_count: answered = 0, solved_count: solved = 0, satisfied_count: satisfied = 0 } = problemRow(rows);
  rows.change("ledger.problem", countedAnswers({ answered, solved, satisfied }, answer ?? null, times), theOne);
}
