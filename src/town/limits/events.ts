import { z } from "zod";
import { appenderOf, kind, later, log, OF_THE_TOWN, type Told } from "#audit/kind";
import { isOf, type ToldRow } from "#audit/rows";
import { LIMIT_UNITS } from "./category.ts";

const count = z.number();
const version = later(log(count));
const categoryFacts = {
  limitUnit: log(z.enum(LIMIT_UNITS)),
  firstReply: log(count),
  finish: log(count),
  extension: log(count),
  retentionDays: log(count),
};
const categoryWords = { name: "log", nameEn: ["log", "later"] } as const;
const answerFacts = { category: log(z.string().nullable()) };
const answerWords = { name: "log", nameEn: "log", text: "log" } as const;
const calendarDay = z.object({ day: z.string(), kind: z.enum(["off", "work"]), name: z.string() });

/** How long things may take: categories with their limits, the official calendar. */
export const LIMITS_EVENTS = {
  "category.added": kind({
    ...OF_THE_TOWN,
    subject: "category",
    facts: { code: log(z.string()), ...categoryFacts },
    words: categoryWords,
    retell(told, rows) {
      const { at, subject, facts } = told;
      const added = { id: subject, code: facts.code, added_at: at, retired_at: null, sealed: false, version: 1 };
      rows.add("limits.category", { ...added, ...categoryColumns(told) });
    },
  }),
  "category.changed": kind({
    ...OF_THE_TOWN,
    subject: "category",
    facts: { ...categoryFacts, version },
    words: categoryWords,
    retell(told, rows) {
      rows.change("limits.category", { ...categoryColumns(told), version: told.facts.version }, isOf(told));
    },
  }),
  "category.retired": kind({
    ...OF_THE_TOWN,
    subject: "category",
    facts: { version },
    words: {},
    retell(told, rows) {
      rows.change("limits.category", { retired_at: told.at, version: told.facts.version }, isOf(told));
    },
  }),
  /** Whether its reports are seen by their receivers alone, and who these are. */
  "category.receivers-named": kind({
    ...OF_THE_TOWN,
    subject: "category",
    facts: { sealed: log(z.boolean()), receivers: log(z.array(z.string())), version: log(count) },
    words: {},
    retell(told, rows) {
      const { sealed, receivers = [], version } = told.facts;
      rows.change("limits.category", { sealed, version }, isOf(told));
      rows.drop("limits.receiver", ({ category }) => category === told.subject);
      for (const officer of receivers) rows.add("limits.receiver", { category: told.subject, officer });
    },
  }),
  "standard-answer.added": kind({
    ...OF_THE_TOWN,
    subject: "standard-answer",
    facts: answerFacts,
    words: answerWords,
    retell(told, rows) {
      const added = { id: told.subject, added_at: told.at, retired_at: null, version: 1 };
      rows.add("limits.standard_answer", { ...added, ...answerColumns(told) });
    },
  }),
  "standard-answer.changed": kind({
    ...OF_THE_TOWN,
    subject: "standard-answer",
    facts: { ...answerFacts, version: log(count) },
    words: answerWords,
    retell(told, rows) {
      rows.change("limits.standard_answer", { ...answerColumns(told), version: told.facts.version }, isOf(told));
    },
  }),
  "standard-answer.retired": kind({
    ...OF_THE_TOWN,
    subject: "standard-answer",
    facts: { version: log(count) },
    words: {},
    retell(told, rows) {
      rows.change("limits.standard_answer", { retired_at: told.at, version: told.facts.version }, isOf(told));
    },
  }),
  "calendar.imported": kind({
    ...OF_THE_TOWN,
    subject: "calendar",
    facts: { year: log(count), days: log(count), version, calendar: later(log(z.array(calendarDay))) },
    words: { source: "log" },
    retell({ at, by, facts, words }, rows) {
      const { year, calendar } = facts;
      const imported = { source: words.source, imported_at: at, imported_by: by };
      const isIt = (row: ToldRow<"limits.calendar_year">) => row.year === year;
      if (rows.last("limits.calendar_year", isIt) === null) rows.add("limits.calendar_year", { year });
      rows.change("limits.calendar_year", imported, isIt);
      rows.drop("limits.calendar_day", ({ day }) => day?.startsWith(`${year}-`) === true);
      for (const { day, kind, name } of calendar ?? []) rows.add("limits.calendar_day", { day, kind, name_zh: name });
    },
  }),
};

export const appendEvent = appenderOf(LIMITS_EVENTS);

function categoryColumns({ facts, words }: Told<typeof categoryFacts, typeof categoryWords>): ToldRow<"limits.category"> {
  return {
    name_zh: words.name,
    name_en: words.nameEn,
    limit_unit: facts.limitUnit,
    first_reply_limit: facts.firstReply,
    finish_limit: facts.finish,
    extension_limit: facts.extension,
    retention_days: facts.retentionDays,
  };
}

function answerColumns({ facts, words }: Told<typeof answerFacts, typeof answerWords>): ToldRow<"limits.standard_answer"> {
  return { category: facts.category, name_zh: words.name, name_en: words.nameEn, text: words.text };
}
