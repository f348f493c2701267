import type { Table } from "#audit/rows";

/**
 * A table whose rows events tell again. `of`: the column that names what the events are about. `known`: the columns by which a row is
 * known to be the one that was told; the first set of which every column was told counts, because events of earlier versions do not say
 * the ids of the records they made. `aside`: columns that no event tells, each with the reason.
 */
export type Compared = {
  readonly of: string;
  readonly known: readonly (readonly string[])[];
  readonly aside: Readonly<Record<string, string>>;
  /** Rows may stand that no event made, for this reason. */
  readonly untold?: string;
};

type ComparedTables = { readonly [T in Table]?: Compared };

const SEARCH = "made of other columns, for searching";
const BY_ID = [["id"]];

/** Told by what happens to a problem. */
export const PROBLEM_TABLES = {
  "ledger.problem": {
    of: "id",
    known: BY_ID,
    aside: {
      amber_on: "counted from the due day and the calendar, again whenever a calendar comes",
      search: SEARCH,
      search_text: SEARCH,
      search_made: SEARCH,
    },
  },
  "ledger.joined_report": { of: "problem", known: [["report"], ["joined_at", "channel"]], aside: {} },
  "ledger.assignment": { of: "problem", known: [["id"], ["assigned_at"]], aside: {} },
  "ledger.progress": { of: "problem", known: [["id"], ["recorded_at"]], aside: {} },
  "ledger.rectification": { of: "problem", known: BY_ID, aside: {} },
  "ledger.reminder": { of: "problem", known: [["id"], ["sent_at"]], aside: {} },
  "ledger.extension": { of: "problem", known: [["id"], ["asked_at"]], aside: {} },
  "ledger.suspension": { of: "problem", known: [["id"], ["asked_at"]], aside: {} },
  "ledger.dismissal": { of: "problem", known: [["id"], ["proposed_at"]], aside: {} },
  "verification.check": { of: "problem", known: BY_ID, aside: {} },
  "verification.question": { of: "problem", known: [["id"], ["asked_at"]], aside: {} },
  "verification.answer": {
    of: "problem",
    known: [["question"]],
    aside: { device: "a keyed hash that is forgotten in time", address: "a keyed hash that is forgotten in time" },
  },
  "verification.attempt": { of: "problem", known: [["id"]], aside: {} },
  "verification.overruling": { of: "problem", known: [["question"]], aside: {} },
  "verification.notice": { of: "problem", known: BY_ID, aside: {} },
  "verification.objection": { of: "problem", known: BY_ID, aside: {} },
  "verification.closing": { of: "problem", known: BY_ID, aside: {} },
  "verification.look_back": { of: "problem", known: [["id"], ["closing", "due_on"]], aside: {} },
  "verification.flag": {
    of: "problem",
    known: BY_ID,
    aside: {
      about: "the evidence of a flag, found again by whoever looks",
      mark: "what makes two findings one",
      state: "moved by whatever decides it, as it follows the log",
    },
  },
} as const satisfies ComparedTables;

/** Told by what happens to a report. */
export const REPORT_TABLES = {
  "intake.report": {
    of: "id",
    known: BY_ID,
    aside: {
      receipt_hash: "the key to the reporter's page",
      first_reply_due_at: "counted from the category's limit and the calendar; that it passed is told",
      search: SEARCH,
      search_made: SEARCH,
    },
  },
  "intake.reissue": { of: "report", known: [["issue"]], aside: { dead_hash: "the key that the reporter's page had before" } },
  "intake.word": { of: "report", known: [["id"], ["said_at", "kind"]], aside: {} },
  "intake.passed_report": { of: "id", known: BY_ID, aside: {} },
} as const satisfies ComparedTables;

/** Told by what is set in the town: one retelling for all of it. */
export const SETTING_TABLES = {
  "people.town": {
    of: "town",
    known: [["prefix"]],
    aside: { host: "where people reach the town, set by its operator", directory_version: "moves with every name" },
  },
  "people.unit": { of: "town", known: BY_ID, aside: {} },
  "people.village": { of: "town", known: BY_ID, aside: {} },
  "people.officer": { of: "town", known: BY_ID, aside: { version: "moves with passwords and duties too" } },
  "people.account": { of: "town", known: BY_ID, aside: { signed_in_at: "moves with each sign-in" } },
  "people.device": { of: "town", known: BY_ID, aside: { key_hash: "secret", seen_on: "moves with each day it is used on" } },
  "people.program": { of: "town", known: BY_ID, aside: { key_hash: "secret", seen_on: "moves with each day it is used on" } },
  "people.duty": { of: "town", known: [["officer", "duty", "granted_at"]], aside: { id: "nothing is known by it" } },
  "limits.category": { of: "town", known: BY_ID, aside: { position: "in the order of their coming" } },
  "limits.receiver": { of: "town", known: [["category", "officer"]], aside: {} },
  "limits.standard_answer": { of: "town", known: BY_ID, aside: {} },
  "limits.calendar_year": { of: "town", known: [["year"]], aside: { version: "how often the year came; events tell that of all years" } },
  "limits.calendar_day": { of: "town", known: [["day"]], aside: {}, untold: "years imported before events told their days" },
  "people.policy": { of: "town", known: [[]], aside: {}, untold: "towns of before began with defaults that no event told" },
  "ledger.campaign": { of: "town", known: BY_ID, aside: {} },
  "ledger.theme": { of: "town", known: BY_ID, aside: {} },
} as const satisfies ComparedTables;
