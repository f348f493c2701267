import { z } from "zod";
import { appenderOf, kind, later, sealed, log, OF_THE_TOWN, tellsNoRow, type Told } from "#audit/kind";
import { theOne, type Rows } from "#audit/rows";
import { readDegrees } from "#platform/numbers";
import { CHANNELS } from "./report.ts";

const id = z.string();
const text = z.string();
const count = z.number();

/** A report is private: its leaf tells that something of this kind happened to it on this day, and nothing else. */
const OF_A_REPORT = { subject: "report", inStory: false, names: "unit", leaf: "day" } as const;
/** The word that tells the reporter what became of it. */
const word = later(sealed(id));

export const INTAKE_EVENTS = {
  "report.received": kind({
    ...OF_A_REPORT,
    facts: {
      channel: sealed(z.enum(CHANNELS)),
      category: sealed(id),
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
      const unsettled = { status: "received", problem: null, first_answered_at: null, overdue_at: null } as const;
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
      });
    },
  }),
  "report.accepted": kind({
    ...OF_A_REPORT,
    facts: { problem: sealed(id), word },
    words: {},
    retell(told, rows) {
      settle(rows, told, "accepted", "");
      rows.change("intake.report", { problem: told.facts.problem }, theOne);
    },
  }),
  "report.answered": kind({
    ...OF_A_REPORT,
    facts: { word },
    words: { text: "sealed" },
    retell(told, rows) {
      settle(rows, told, "answered", told.words.text);
    },
  }),
  "report.referred": kind({
    ...OF_A_REPORT,
    facts: { word },
    words: { referredTo: "sealed", reason: "sealed" },
    retell(told, rows) {
      settle(rows, told, "referred", told.words.reason, told.words.referredTo);
    },
  }),
  "report.declined": kind({
    ...OF_A_REPORT,
    facts: { word },
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
      rows.change("intake.report", { status: "withdrawn" }, theOne);
      addWord(rows, told, "withdrawn", told.words.reason);
    },
  }),
  "report.added-to": kind({
    ...OF_A_REPORT,
    facts: { photos: sealed(count), word },
    words: { text: "sealed" },
    retell(told, rows) {
      addWord(rows, told, "added", told.words.text);
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
    facts: { year: log(count), reports: log(count), problems: log(count), notices: later(log(count)), flags: later(log(count)) },
    words: {},
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(INTAKE_EVENTS);

type Said = Pick<Told, "at" | "by" | "subject"> & { readonly facts: { readonly word?: string | undefined } };
type Settled = "accepted" | "answered" | "referred" | "declined";

function settle(rows: Rows, told: Said, status: Settled, text: string | undefined, referredTo: string | undefined = ""): void {
  rows.change("intake.report", { status, first_answered_at: told.at }, theOne);
  addWord(rows, told, status, text, referredTo);
}

function addWord(
  rows: Rows,
  { at, by, subject, facts }: Said,
  kind: Settled | "withdrawn" | "added",
  text: string | undefined,
  referred_to: string | undefined = "",
): void {
  rows.add("intake.word", { id: facts.word, report: subject, kind, text, referred_to, said_at: at, said_by: by });
}
