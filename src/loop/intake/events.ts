import { z } from "zod";
import { appenderOf, kind, later, sealed, log, OF_THE_TOWN, tellsNoRow, type Told } from "#audit/kind";
import { theOne, type Rows } from "#audit/rows";
import { readDegrees } from "#platform/numbers";
import { CHANNELS, REISSUE_MANNERS, type WordKind } from "./report.ts";

const id = z.string();
const text = z.string();
const count = z.number();

/** A report is private: its leaf tells that something of this kind happened to it on this day, and nothing else. */
const OF_A_REPORT = { subject: "report", inStory: false, names: "unit", leaf: "day" } as const;
/** The word that tells the reporter what became of it. */
const word = later(sealed(id));
/** The last word of its reporter that was before whoever did this: all that was added until then is read. */
const seen = sealed(id.nullable());
/** The event of the decision that it corrects. */
const corrects = sealed(id);
const settled = { word, seen: later(seen) };
/** Referred to the receivers of sealed reports (pass-to-receivers.ts), what its reporter is told of it is not told here. */
const referred = { ...settled, word: later(sealed(id.nullable())) };

export const INTAKE_EVENTS = {
  "report.received": kind({
    ...OF_A_REPORT,
    facts: {
      channel: sealed(z.enum(CHANNELS)),
      category: sealed(id.nullable()),
      village: sealed(id.nullable()),
      photos: sealed(count),
      /** Degrees as they are written: a fact holds no fractions. */
      lon: later(sealed(text.nullable())),
      lat: later(sealed(text.nullable())),
    },
    words: { title: "sealed", details: "sealed", place: "sealed" },
    retell({ at, by, subject, facts, words }, rows) {
      const { channel, category, village } = facts;
      const [lon, lat] = [readDegrees(facts.lon), readDegrees(facts.lat)];
      const unsettled = { status: "received", problem: null, first_answered_at: null, overdue_at: null, unread_since: null } as const;
      rows.add("intake.report", {
        id: subject,
        channel,
        category,
        village,
        lon,
        lat,
        ...words,
        received_at: at,
        registered_by: by,
        ...unsettled,
        disputed_at: null,
      });
      rows.drop("intake.passed_report", theOne);
    },
  }),
  "report.accepted": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id), ...settled },
    words: {},
    retell(told, rows) {
      settle(rows, told, "accepted", "");
      rows.change("intake.report", { problem: told.facts.problem }, theOne);
    },
  }),
  "report.answered": kind({
    ...OF_A_REPORT,
    facts: settled,
    words: { text: "sealed" },
    retell(told, rows) {
      settle(rows, told, "answered", told.words.text);
    },
  }),
  "report.referred": kind({
    ...OF_A_REPORT,
    facts: referred,
    words: { referredTo: "sealed", reason: "sealed" },
    retell(told, rows) {
      if (told.facts.word === null) passToReceivers(rows, told);
      else settle(rows, told, "referred", told.words.reason, told.words.referredTo);
    },
  }),
  "report.declined": kind({
    ...OF_A_REPORT,
    facts: settled,
    words: { reason: "sealed" },
    retell(told, rows) {
      settle(rows, told, "declined", told.words.reason);
    },
  }),
  "report.withdrawn": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id.nullable()), word },
    words: { reason: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", { status: "withdrawn", unread_since: null, disputed_at: null }, theOne);
      addWord(rows, told, "withdrawn", told.words.reason);
    },
  }),
  "report.taken-back": kind({
    ...OF_A_REPORT,
    facts: { corrects, word: sealed(id), seen },
    words: { reason: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", WAITING_AGAIN, theOne);
      addWord(rows, told, "taken-back", told.words.reason);
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.separated": kind({
    ...OF_A_REPORT,
    facts: { corrects, problem: sealed(id), word: sealed(id), seen },
    words: { reason: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", { ...WAITING_AGAIN, problem: null, disputed_at: null }, theOne);
      addWord(rows, told, "separated", told.words.reason);
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.moved": kind({
    ...OF_A_REPORT,
    facts: { corrects, from: sealed(id), problem: sealed(id), word: sealed(id), seen },
    words: { reason: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", { problem: told.facts.problem, disputed_at: null }, theOne);
      addWord(rows, told, "moved", told.words.reason);
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.disputed": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id), word: sealed(id) },
    words: { text: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", { disputed_at: told.at }, theOne);
      addWord(rows, told, "disputed", told.words.text);
    },
  }),
  "report.join-confirmed": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id), word: sealed(id), seen },
    words: { reason: "sealed" },
    retell(told, rows) {
      rows.change("intake.report", { disputed_at: null }, theOne);
      addWord(rows, told, "join-confirmed", told.words.reason);
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.categorised": kind({
    ...OF_A_REPORT,
    facts: { from: sealed(id.nullable()), category: sealed(id), word: sealed(id), seen },
    words: {},
    retell(told, rows) {
      const { category } = told.facts;
      rows.change("intake.report", { category }, theOne);
      addWord(rows, told, "categorised", "");
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.added-to": kind({
    ...OF_A_REPORT,
    facts: { photos: sealed(count), word },
    words: { text: "sealed" },
    retell(told, rows) {
      addWord(rows, told, "added", told.words.text);
      rows.change("intake.report", { unread_since: unreadSince(rows) ?? told.at }, theOne);
    },
  }),
  "report.read": kind({
    ...OF_A_REPORT,
    facts: { word: sealed(id), seen: sealed(id) },
    words: {},
    retell(told, rows) {
      addWord(rows, told, "read", "");
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.replied": kind({
    ...OF_A_REPORT,
    facts: { word: sealed(id), seen },
    words: { text: "sealed" },
    retell(told, rows) {
      addWord(rows, told, "replied", told.words.text);
      readUntil(rows, told.facts.seen);
    },
  }),
  "report.passed-on": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id), word: sealed(id), seen },
    words: { text: "sealed" },
    retell(told, rows) {
      addWord(rows, told, "passed-on", told.words.text);
      readUntil(rows, told.facts.seen);
    },
  }),
  /** The code is in none of it: neither the new one nor that which died. */
  "receipt.reissued": kind({
    ...OF_A_REPORT,
    facts: { issue: sealed(count), manner: sealed(z.enum(REISSUE_MANNERS)) },
    words: {},
    retell({ at, by, subject, facts }, rows) {
      rows.add("intake.reissue", { report: subject, ...facts, reissued_at: at, reissued_by: by ?? undefined });
    },
  }),
  /** Its limit passed and nobody had answered: from then on its first answer, if one comes, is late. */
  "report.overdue": kind({
    ...OF_A_REPORT,
    facts: {},
    words: {},
    retell({ at }, rows) {
      rows.change("intake.report", { overdue_at: at }, theOne);
    },
  }),
  "deadlines.recounted": kind({
    ...OF_THE_TOWN,
    subject: "calendar",
    facts: {
      year: log(count),
      reports: log(count),
      problems: log(count),
      notices: later(log(count)),
      flags: later(log(count)),
      objections: later(log(count)),
    },
    words: {},
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(INTAKE_EVENTS);

type Said = Pick<Told, "at" | "by" | "subject"> & {
  readonly facts: {
    readonly word?: string | null | undefined;
    readonly seen?: string | null | undefined;
    /** What a word says it is, where it says that. */
    readonly category?: string | undefined;
  };
};
/** The decision is as if it had never been; the day of the first reply stays what it was, and whether it passed is told again. */
const WAITING_AGAIN = { status: "received", first_answered_at: null } as const;

type Settled = "accepted" | "answered" | "referred" | "declined";

function settle(rows: Rows, told: Said, status: Settled, text: string | undefined, referredTo: string | undefined = ""): void {
  rows.change("intake.report", { status, first_answered_at: told.at }, theOne);
  addWord(rows, told, status, text, referredTo);
  readUntil(rows, told.facts.seen);
}

/** It is in no inbox any more; what figures count of it stays. */
function passToReceivers(rows: Rows, { at, subject }: Said): void {
  const { channel, received_at, overdue_at } = rows.last("intake.report") ?? {};
  for (const table of ["intake.report", "intake.word"] as const) rows.drop(table, theOne);
  rows.add("intake.passed_report", { id: subject, channel, received_at, overdue_at, first_answered_at: at });
}

function unreadSince(rows: Rows): Date | null {
  return rows.last("intake.report")?.unread_since ?? null;
}

/** Events of earlier versions do not say what was seen: whoever settled a report had all of it before them. */
function readUntil(rows: Rows, seen: string | null | undefined): void {
  const since = unreadSince(rows);
  if (since === null || seen === null) return;
  const unread = rows
    .all("intake.word")
    .find(({ kind, id = "", said_at }) => seen !== undefined && kind === "added" && said_at !== undefined && said_at >= since && id > seen);
  rows.change("intake.report", { unread_since: unread?.said_at ?? null }, theOne);
}

function addWord(
  rows: Rows,
  { at, by, subject, facts }: Said,
  kind: WordKind,
  text: string | undefined,
  referred_to: string | undefined = "",
): void {
  const { word, category = null } = facts;
  rows.add("intake.word", { id: word ?? undefined, report: subject, kind, text, referred_to, category, said_at: at, said_by: by });
}
