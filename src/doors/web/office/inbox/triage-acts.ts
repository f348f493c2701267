import { AcceptByJoining, AcceptByOpening, acceptReport } from "#intake/accept-report";
import { AnswerReport, answerReport } from "#intake/answer-report";
import { CategoriseReport, categoriseReport } from "#intake/categorise-report";
import { ConfirmJoin, confirmJoin } from "#intake/confirm-join";
import { DeclineReport, declineReport } from "#intake/decline-report";
import { MoveReport, moveReport } from "#intake/move-report";
import { findNextWaiting } from "#intake/neighbours";
import { PassWordsOn, passWordsOn } from "#intake/pass-words-on";
import { ReadWords, readWords } from "#intake/read-words";
import { ReferReport, referReport } from "#intake/refer-report";
import { ReplyToReport, replyToReport } from "#intake/reply-to-report";
import { SeparateReport, separateReport } from "#intake/separate-report";
import { TakeBackDecision, takeBackDecision } from "#intake/take-back-decision";
import { UndoOpening, undoOpening } from "#intake/undo-opening";
import type { Officer } from "#people/officer";
import { judgeable } from "#platform/characters";
import type { Town } from "#platform/town";
import { findProblemByNumber } from "#office/queries";
import { parse, type Sent } from "#doors/web/form";
import { readAs, withFaults, type Read } from "#doors/web/form/send-form";
import { signedIn } from "#doors/web/office/officer-form";
import { parseOpenly } from "#doors/web/office/publishing";
import { themeOptions } from "#doors/web/office/theme-options";
import { categoryOptions, unsealedOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { faultsOfChoices, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { filterOf, inboxAddress, reportAddress } from "./filter-address.ts";

/** What may be done with a report, in the order in which the page offers it; a look at the identity stands apart. */
export const TRIAGE_ACTS = ["join", "open", "answer", "refer", "decline"] as const;
export type TriageAct = (typeof TRIAGE_ACTS)[number];

/** What may be said of it beside that, whatever became of it. */
export const WORD_ACTS = ["categorise", "reply", "pass-on"] as const;
export type WordAct = (typeof WORD_ACTS)[number];

/** How what was decided of it is corrected. */
export const CORRECTIONS = ["take-back", "separate", "move", "undo-opening", "confirm-join"] as const;
export type Correction = (typeof CORRECTIONS)[number];

/** `read` is a button beside what was added. */
export const REPORT_ACTS = [...TRIAGE_ACTS, ...WORD_ACTS, ...CORRECTIONS, "read"] as const;
export type ReportAct = (typeof REPORT_ACTS)[number];

/** What the page behind it says was done: which report it was, it does not say. */
export const PASSED_TO_RECEIVERS = "receivers";

type Sending = {
  readonly visit: Visit;
  readonly by: Officer;
  readonly report: string;
  readonly sent: Sent;
  readonly typed: { readonly [field: string]: unknown };
  readonly act: ReportAct;
};

const READ: Record<ReportAct, (sending: Sending) => Read | Promise<Read>> = {
  answer: (sending) => readAs(parse(sending.visit, AnswerReport, sending.typed), acting(sending, answerReport)),
  join: readJoin,
  open: readOpen,
  refer: (sending) => readAs(parse(sending.visit, ReferReport, sending.typed), acting(sending, referReport)),
  decline: (sending) => readAs(parse(sending.visit, DeclineReport, sending.typed), acting(sending, declineReport)),
  categorise: readCategory,
  reply: (sending) => readAs(parse(sending.visit, ReplyToReport, sending.typed), acting(sending, replyToReport)),
  "pass-on": (sending) => readAs(parse(sending.visit, PassWordsOn, sending.typed), acting(sending, passWordsOn)),
  "take-back": (sending) => readAs(parse(sending.visit, TakeBackDecision, sending.typed), acting(sending, takeBackDecision)),
  separate: (sending) => readAs(parse(sending.visit, SeparateReport, sending.typed), acting(sending, separateReport)),
  move: readMove,
  "undo-opening": (sending) => readAs(parseOpenly(sending.visit, UndoOpening, sending.typed), acting(sending, undoOpening)),
  "confirm-join": (sending) => readAs(parse(sending.visit, ConfirmJoin, sending.typed), acting(sending, confirmJoin)),
  read: (sending) => readAs(parse(sending.visit, ReadWords, sending.typed), acting(sending, readWords)),
};

/** Reads what the form of an act sent. */
export async function readAct(visit: Visit, act: ReportAct, report: string, sent: Sent): Promise<Read> {
  const typed = { ...sent.typed, report, photos: sent.lists["photos"] ?? [] };
  return READ[act]({ visit, by: signedIn(visit), report, sent, typed, act });
}

/** Does what was read, and leads on. */
function acting<T>(sending: Sending, act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>) {
  return async (town: Town, what: T): Promise<string> => {
    await act(town, sending.by, sending.visit.at, what);
    return onward(town, sending);
  };
}

/** A decision leads to the next report that waits, or to the list where none is left; everything else back to the report. */
async function onward(town: Town, sending: Sending): Promise<string> {
  const { visit, report, act } = sending;
  const isDecided = TRIAGE_ACTS.some((one) => one === act);
  return isDecided ? toNext(town, sending, { done: act, of: report }) : reportAddress(filterOf(visit), report, { done: act });
}

async function toNext(town: Town, { visit, report }: Sending, about: Typed): Promise<string> {
  const filter = filterOf(visit);
  const next = await findNextWaiting(town, filter, report);
  return next === null ? inboxAddress(filter, about) : reportAddress(filter, next, about);
}

/** What the report was filed under may be retired by now: somebody chooses another, it is never the first of the list by itself. */
async function readOpen(sending: Sending): Promise<Read> {
  const { visit, sent, typed } = sending;
  const names = await visit.names();
  const lists = { category: unsealedOptions(visit, names), village: villageOptions(visit, names), theme: themeOptions(visit, names) };
  const gone = faultsOfChoices(visit, sent.typed, lists);
  const parsed = parseOpenly(visit, AcceptByOpening, typed);
  return withFaults(readAs(parsed, acting(sending, acceptReport)), gone);
}

/** One retired since the form was drawn is said beside the list. Of a sealed category the report is not there any more: on to the next. */
async function readCategory(sending: Sending): Promise<Read> {
  const { visit, by, sent, typed } = sending;
  const names = await visit.names();
  const gone = faultsOfChoices(visit, sent.typed, { category: categoryOptions(visit, names) });
  const act = async (town: Town, what: CategoriseReport) => {
    await categoriseReport(town, by, visit.at, what);
    const isSealed = names.categories.get(what.category)?.sealed === true;
    return isSealed ? toNext(town, sending, { done: PASSED_TO_RECEIVERS }) : onward(town, sending);
  };
  return withFaults(readAs(parse(visit, CategoriseReport, typed), act), gone);
}

/** Joined to a candidate or to a number typed by hand; both at once must mean the same problem. */
async function readJoin(sending: Sending): Promise<Read> {
  const { visit, sent } = sending;
  const { inbox } = visit.words.office;
  const chosen = sent.typed["problem"] ?? "";
  const typed = judgeable(sent.typed["number"] ?? "");
  if (chosen === "" && typed === "") return { faults: { problem: inbox.chooseOne } };
  const numbered = typed === "" ? null : await findProblemByNumber(visit.town, typed);
  if (typed !== "" && numbered === null) return { faults: { number: inbox.numberUnknown } };
  if (numbered !== null && chosen !== "" && numbered !== chosen) return { faults: { number: inbox.chooseOnlyOne } };
  return readAs(parse(visit, AcceptByJoining, { ...sending.typed, problem: numbered ?? chosen }), acting(sending, acceptReport));
}

/** Moved to the problem that a typed number means. */
async function readMove(sending: Sending): Promise<Read> {
  const typed = judgeable(sending.sent.typed["number"] ?? "");
  const problem = typed === "" ? null : await findProblemByNumber(sending.visit.town, typed);
  const { inbox } = sending.visit.words.office;
  if (problem === null) return { faults: { number: typed === "" ? inbox.chooseOne : inbox.numberUnknown } };
  return readAs(parse(sending.visit, MoveReport, { ...sending.typed, problem }), acting(sending, moveReport));
}
