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
  "verification.overruling": { of: "problem", known: [["question"]], aside: {} },
  "verification.notice": { of: "problem", known: BY_ID, aside: {} },
  "verification.objection": { of: "problem", known: BY_ID, aside: {} },
  "verification.closing": { of: "problem", known: BY_ID, aside: {} },
  "verification.look_back": { of: "problem", known: [["id"], ["closing", "due_on"]], aside: {} },
  "detector.flag": {
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
  "intake.word": { of: "report", known: [["id"], ["said_at", "kind"]], aside: {} },
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
  "people.account": { of: "town", known: BY_ID, aside: {} },
  "people.device": { of: "town", known: BY_ID, aside: { key_hash: "secret", seen_on: "moves with each day it is used on" } },
  "people.program": { of: "town", known: BY_ID, aside: { key_hash: "secret", seen_on: "moves with each day it is used on" } },
  "people.duty": { of: "town", known: [["officer", "duty", "granted_at"]], aside: { id: "nothing is known by it" } },
  "limits.category": { of: "town", known: BY_ID, aside: { position: "in the order of their coming" } },
  "limits.calendar_year": { of: "town", known: [["year"]], aside: { version: "how often the year came; events tell that of all years" } },
  "limits.calendar_day": { of: "town", known: [["day"]], aside: {}, untold: "years imported before events told their days" },
  "people.policy": { of: "town", known: [[]], aside: {}, untold: "towns of before began with defaults that no event told" },
  "ledger.campaign": { of: "town", known: BY_ID, aside: {} },
  "ledger.theme": { of: "town", known: BY_ID, aside: {} },
} as const satisfies ComparedTables;

const SECRET = "secret, or gone with a session; no page shows it";
const SEALED = "sealed in the vault, by a key that no superuser of the database has";
const LOG = "the log itself, which is verified from its signatures up";
const PASSING = "there for hours or days; no page is drawn from it";
const COUNTED = "counted again from events";

/** Tables that no event tells, each with the reason. */
export const TABLES_ASIDE = {
  "audit.event": LOG,
  "audit.private_text": LOG,
  "audit.waiting": LOG,
  "detector.clearing": "compared with the flag's problem where it is shown: its words are the event's",
  "detector.awaited": PASSING,
  "detector.flag_count": "counts the flags by their states",
  "evidence.file": "the files themselves are known by their hashes (doctor --deep)",
  "evidence.original": SEALED,
  "evidence.redaction": "the events about files are sealed by hash",
  "evidence.upload": PASSING,
  "evidence.use": "files are told by event, all that an act used at once; doctor --deep asks for each of them",
  "intake.draft": PASSING,
  "intake.me_too": "keyed hashes, that a device counts once",
  "intake.retention": "made of the categories",
  "intake.sending": PASSING,
  "ledger.number_given": "the numbers of problems themselves",
  "log.checkpoint": LOG,
  "log.cursor": "how far each follower of the log has come",
  "log.leaf": LOG,
  "log.set_aside": "what a follower of the log could not take, until it is taken again",
  "log.tile": LOG,
  "log.tree": LOG,
  "people.bound_subject": "administrators alone are shown it, beside its events",
  "office.settled": PASSING,
  "office.waiting": "follows from what happened to problems; doctor --deep judges it anew",
  "people.credential": SECRET,
  "people.former_unit": "told by the officer's events",
  "people.past_password": SECRET,
  "people.session": SECRET,
  "people.sign_in_gate": SECRET,
  "people.temporary_password": SECRET,
  "people.totp": SECRET,
  "platform.form_key": PASSING,
  "platform.master_key": SECRET,
  "platform.migration": "what was done to the schema",
  "platform.network_mark": PASSING,
  "proof.cosignature": LOG,
  "proof.watched": LOG,
  "proof.witness": LOG,
  "publication.tally": COUNTED,
  "vault.erasure": SEALED,
  "vault.field": SEALED,
  "vault.holding": SEALED,
  "vault.look": SEALED,
  "vault.search": SEALED,
  "vault.unsorted": SEALED,
} as const satisfies { readonly [T in Table]?: string };
