import { z } from "zod";
import { kind, later, log, page, sealed, tellsNoRow, type Told } from "#audit/kind";
import { theOne, type ToldRow } from "#audit/rows";
import { dayOf } from "#platform/instant";
import { readDegrees } from "#platform/numbers";
import { addJoined, JOINED_EVENTS } from "./joined-events.ts";
import { ordinalOf } from "./problem-number.ts";
import { changeProblemRow, movesTheVersion, problemRow } from "./told-problem.ts";

const id = z.string();
const day = z.string();
const count = z.number();
const leaders = page(z.array(id));
const photos = page(z.array(z.string()));
/** What the problem's row moved to: the form of whoever acts next is drawn from it. */
const version = log(count);
const joined = z.object({ report: id, channel: z.string() });
/** What the leaders and the unit were called then, beside their ids. */
const NAMES_THEN = { leader1: "log", leader2: "log", unitName: ["log", "later"] } as const;
/** The same of those who hand over. */
const FORMER_NAMES = {
  fromLeader1: ["log", "later"],
  fromLeader2: ["log", "later"],
  fromUnitName: ["log", "later"],
} as const;

/** From the opening of an entry on: who answers for it, what is done, how often it was met. */
export const PROBLEM_EVENTS = {
  ...JOINED_EVENTS,
  "problem.opened": kind({
    subject: "problem",
    facts: {
      version,
      number: log(z.string()),
      category: page(id),
      theme: page(id.nullable()),
      campaign: page(id.nullable()),
      village: page(id.nullable()),
      channels: page(z.array(z.string())),
      photos,
      /** Degrees as they are written: a fact holds no fractions. */
      lon: later(log(z.string().nullable())),
      lat: later(log(z.string().nullable())),
      reports: later(sealed(z.array(joined))),
    },
    words: { title: "page", details: "log", place: "log" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ at, by, subject, facts, words }, rows) {
      rows.add("ledger.problem", {
        id: subject,
        number: facts.number,
        ordinal: ordinalOf(facts.number ?? "") ?? undefined,
        status: "opened",
        opened_at: at,
        opened_on: dayOf(at),
        category: facts.category,
        theme: facts.theme,
        campaign: facts.campaign,
        village: facts.village,
        lon: readDegrees(facts.lon),
        lat: readDegrees(facts.lat),
        ...words,
        ...UNASSIGNED,
        ...NOTHING_YET,
        report_count: facts.channels?.length,
        version: facts.version,
      });
      // Earlier events tell only by which doors the reports came.
      const joined = facts.reports ?? facts.channels?.map((channel) => ({ channel }));
      for (const report of joined ?? []) addJoined(rows, { at, by, subject }, report);
    },
  }),
  "problem.me-too": kind({
    subject: "problem",
    facts: { count: log(count) },
    words: {},
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell({ facts }, rows) {
      // Two neighbours at once may stand in the log the other way round than they were counted.
      rows.change("ledger.problem", { me_too_count: Math.max(problemRow(rows).me_too_count ?? 0, facts.count ?? 0) }, theOne);
    },
  }),
  "problem.assigned": kind({
    subject: "problem",
    facts: { version, leaders, unit: page(id), dueOn: page(day), assignment: later(log(id)) },
    words: { goal: "page", measures: "page", ...NAMES_THEN },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { at, facts, words } = told;
      const how = { ...answerable(facts), goal: words.goal, measures: lines(words.measures), due_on: facts.dueOn };
      rows.add("ledger.assignment", { ...assigning(told), ...how, reason: "" });
      const original_due_on = problemRow(rows).original_due_on ?? facts.dueOn;
      changeProblemRow(rows, told, { ...how, status: "assigned", measures_done: [], original_due_on, assigned_on: dayOf(at) });
    },
  }),
  "problem.handed-over": kind({
    subject: "problem",
    facts: {
      version,
      leaders,
      unit: page(id),
      fromLeaders: page(z.array(id)),
      fromUnit: page(id.nullable()),
      assignment: later(log(id)),
    },
    words: { reason: "page", ...NAMES_THEN, ...FORMER_NAMES },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      const { goal, measures, due_on } = problemRow(rows);
      rows.add("ledger.assignment", { ...assigning(told), ...answerable(told.facts), goal, measures, due_on, reason: told.words.reason });
      changeProblemRow(rows, told, answerable(told.facts));
    },
  }),
  "problem.progressed": kind({
    subject: "problem",
    facts: { version, measuresDone: page(z.array(count)), photos, stage: page(z.string()), progress: later(log(id)) },
    words: { note: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.progress", {
        id: facts.progress,
        problem: subject,
        note: words.note,
        recorded_at: at,
        recorded_by: by ?? undefined,
      });
      const progress_count = (problemRow(rows).progress_count ?? 0) + 1;
      changeProblemRow(rows, told, { progress_count, measures_done: facts.measuresDone });
    },
  }),
  "problem.evidence-added": kind({
    subject: "problem",
    facts: { version, photos, stage: page(z.string()) },
    words: { caption: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell: movesTheVersion,
  }),
  "problem.paper-added": kind({
    subject: "problem",
    facts: {},
    words: { caption: "sealed" },
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell: tellsNoRow,
  }),
  "problem.rectified": kind({
    subject: "problem",
    facts: { version, rectification: log(id), photos, measuresDone: later(page(z.array(count))) },
    words: { done: "page", undone: "page" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.rectification", {
        id: facts.rectification,
        problem: subject,
        done: words.done,
        undone: words.undone,
        declared_at: at,
        declared_by: by ?? undefined,
      });
      const ticked = facts.measuresDone === undefined ? {} : { measures_done: facts.measuresDone };
      changeProblemRow(rows, told, { status: "rectified", rectified_on: dayOf(at), ...ticked });
    },
  }),
  "problem.reminded": kind({
    subject: "problem",
    facts: { version, leaders: log(z.array(id)), reminder: later(log(id)) },
    words: { note: "sealed" },
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { at, by, subject, facts, words } = told;
      rows.add("ledger.reminder", { id: facts.reminder, problem: subject, note: words.note, sent_at: at, sent_by: by ?? undefined });
      changeProblemRow(rows, told, {});
    },
  }),
  "problem.themed": kind({
    subject: "problem",
    facts: { version, theme: page(id.nullable()), campaign: page(id.nullable()), from: log(id.nullable()) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      changeProblemRow(rows, told, { theme: told.facts.theme, campaign: told.facts.campaign });
    },
  }),
  "problem.dated": kind({
    subject: "problem",
    facts: { version, dueOn: page(day) },
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      changeProblemRow(rows, told, { due_on: told.facts.dueOn });
    },
  }),
  "problem.reinstated": kind({
    subject: "problem",
    facts: { version, originalDueOn: later(log(day.nullable())) },
    words: { reason: "page" },
    inStory: true,
    names: "log",
    leaf: "whole",
    retell(told, rows) {
      // Before the first promise was kept, reinstating forgot it.
      changeProblemRow(rows, told, { ...UNASSIGNED, status: "opened", original_due_on: told.facts.originalDueOn ?? null });
    },
  }),
};

const UNASSIGNED = { leaders: [], unit: null, measures: [], measures_done: [], goal: "", due_on: null, amber_on: null, assigned_on: null };
const NOTHING_YET = {
  original_due_on: null,
  rectified_on: null,
  closed_on: null,
  resume_on: null,
  me_too_count: 0,
  progress_count: 0,
  answered_count: 0,
  solved_count: 0,
  satisfied_count: 0,
  silent_count: 0,
  silent_attempt_count: 0,
  relapse_count: 0,
};

function lines(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : text.split("\n");
}

function answerable({ leaders, unit }: { readonly leaders?: string[] | undefined; readonly unit?: string | undefined }) {
  return { leaders, unit };
}

type Assigning = Pick<Told, "at" | "by" | "subject"> & { readonly facts: { readonly assignment?: string | undefined } };

function assigning({ at, by, subject, facts }: Assigning): ToldRow<"ledger.assignment"> {
  return { id: facts.assignment, problem: subject, assigned_at: at, assigned_by: by ?? undefined };
}
