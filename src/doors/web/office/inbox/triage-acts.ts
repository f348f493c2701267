import { AcceptByJoining, AcceptByOpening, acceptReport } from "#intake/accept-report";
import { AnswerReport, answerReport } from "#intake/answer-report";
import { DeclineReport, declineReport } from "#intake/decline-report";
import { ReferReport, referReport } from "#intake/refer-report";
import type { Officer } from "#people/officer";
import { judgeable } from "#platform/characters";
import type { Town } from "#platform/town";
import { findProblemByNumber } from "#publication/office-queries";
import { parse, type Sent } from "#doors/web/form";
import { parseOpenly } from "#doors/web/office/publishing";
import { themeOptions } from "#doors/web/office/theme-options";
import { categoryOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { faultsOfChoices, type Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What may be done with a report, in the order in which the page offers it; a look at the identity stands apart. */
export const TRIAGE_ACTS = ["answer", "join", "open", "refer", "decline"] as const;
export type TriageAct = (typeof TRIAGE_ACTS)[number];

/** What is wrong by field, or the act, ready to be done in a transaction; it says where to go then. */
export type Read = { readonly faults: Faults } | { readonly act: (town: Town) => Promise<string> };

type Sending = {
  readonly visit: Visit;
  readonly by: Officer;
  readonly report: string;
  readonly sent: Sent;
  readonly typed: { readonly [field: string]: unknown };
  readonly done: string;
};

const READ: Record<TriageAct, (sending: Sending) => Read | Promise<Read>> = {
  answer: ({ visit, by, typed, done }) =>
    readWith(parse(visit, AnswerReport, typed), (what) => async (town) => (await answerReport(town, by, visit.at, what), done)),
  join: readJoin,
  open: readOpen,
  refer: ({ visit, by, typed, done }) =>
    readWith(parse(visit, ReferReport, typed), (what) => async (town) => (await referReport(town, by, visit.at, what), done)),
  decline: ({ visit, by, typed, done }) =>
    readWith(parse(visit, DeclineReport, typed), (what) => async (town) => (await declineReport(town, by, visit.at, what), done)),
};

/** Parses what the form of an act sent. */
export async function readAct(visit: Visit, by: Officer, act: TriageAct, report: string, sent: Sent): Promise<Read> {
  const typed = { ...sent.typed, report, photos: sent.lists["photos"] ?? [] };
  return READ[act]({ visit, by, report, sent, typed, done: `/office/inbox/${report}?done=${act}` });
}

function readWith<T>(
  parsed: { readonly value: T; readonly faults: null } | { readonly value: null; readonly faults: Faults },
  act: (what: T) => (town: Town) => Promise<string>,
): Read {
  return parsed.faults === null ? { act: act(parsed.value) } : { faults: parsed.faults };
}

/** What the report was filed under may be retired by now: somebody chooses another, it is never the first of the list by itself. */
async function readOpen({ visit, by, sent, typed, done }: Sending): Promise<Read> {
  const names = await visit.names();
  const lists = { category: categoryOptions(visit, names), village: villageOptions(visit, names), theme: themeOptions(visit, names) };
  const gone = faultsOfChoices(visit, sent.typed, lists);
  const parsed = parseOpenly(visit, AcceptByOpening, typed);
  if (Object.keys(gone).length > 0) return { faults: { ...parsed.faults, ...gone } };
  return readWith(parsed, (what) => async (town) => (await acceptReport(town, by, visit.at, what), done));
}

/** Joined to a candidate or to a number typed by hand; both at once must mean the same problem. */
async function readJoin({ visit, by, report, sent, done }: Sending): Promise<Read> {
  const { inbox } = visit.words.office;
  const chosen = sent.typed["problem"] ?? "";
  const typed = judgeable(sent.typed["number"] ?? "");
  if (chosen === "" && typed === "") return { faults: { problem: inbox.chooseOne } };
  const numbered = typed === "" ? null : await findProblemByNumber(visit.town, typed);
  if (typed !== "" && numbered === null) return { faults: { number: inbox.numberUnknown } };
  if (numbered !== null && chosen !== "" && numbered !== chosen) return { faults: { number: inbox.chooseOnlyOne } };
  return readWith(
    parse(visit, AcceptByJoining, { report, problem: numbered ?? chosen }),
    (what) => async (town) => (await acceptReport(town, by, visit.at, what), done),
  );
}
