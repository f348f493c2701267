import { z } from "zod";
import { ACTOR_KINDS } from "#audit/append-event";
import { LIGHTS, STATUSES } from "#ledger/problem";
import { parseReceiptCode } from "#intake/receipt-code";
import { REPORT_STATUSES } from "#intake/report";
import { REPORT_FIELDS } from "#intake/said";
import { dayTyped, startOf } from "#platform/instant";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import { optionalLine, type FieldFault } from "#platform/text";
import { wordsIn } from "#words/words";
import { FIGURES } from "#publication/figures";
import { isPublicVerb } from "#publication/public-verbs";
import { filterQuery, ProblemFilter } from "#publication/problem-filter";

// What this door takes and gives, once: these schemas parse what comes in, and the OpenAPI document is made of them.

const Day = z.iso.date();
const Instant = z.iso.datetime();
const count = z.int().min(0);

export const FieldErrors = z.array(
  z.object({ pointer: z.string().exactOptional(), parameter: z.string().exactOptional(), code: z.string(), detail: z.string() }),
);
const warned = {
  warnings: FieldErrors.exactOptional().meta({ description: "parameters of the address that are not known here; they were left aside" }),
};

export const Name = z.object({ id: z.uuid(), zh: z.string(), en: z.string() });
export const Leader = z.object({ name: z.string(), unit: Name.nullable() });

export const Problem = z.object({
  number: z.string().meta({ examples: ["SL-2026-0007"] }),
  status: z.enum(STATUSES),
  light: z
    .enum(LIGHTS)
    .meta({ description: "green, amber (soon due), red (past due), grey (closed, dismissed, suspended); computed for today in China" }),
  title: z.string().meta({ description: "怎么啦: what is wrong" }),
  details: z.string(),
  place: z.string(),
  village: Name.nullable(),
  category: Name.nullable(),
  theme: Name.nullable(),
  campaign: Name.nullable(),
  measures: z.array(z.object({ text: z.string(), done: z.boolean() })).meta({ description: "怎么办: what will be done" }),
  goal: z.string(),
  leaders: z.array(Leader).max(2).meta({ description: "谁来办: who answers for it" }),
  unit: Name.nullable(),
  openedOn: Day,
  assignedOn: Day.nullable(),
  dueOn: Day.nullable(),
  originalDueOn: Day.nullable(),
  resumeOn: Day.nullable(),
  rectifiedOn: Day.nullable(),
  closedOn: Day.nullable(),
  counts: z.object({ reports: count, meToo: count, progress: count, answered: count, solved: count, satisfied: count, relapses: count }),
  page: z.string().meta({ description: "address of the entry for people" }),
  self: z.string(),
});

export const ProblemPage = z.object({
  problems: z.array(Problem).meta({ description: "in the order asked for, the newest first" }),
  next: z.string().nullable().meta({ description: "address of the next page, null on the last one" }),
  total: z
    .object({ count, isExact: z.boolean().meta({ description: "false: at least so many; no list is counted further than a thousand" }) })
    .nullable()
    .meta({ description: "entries of the whole list; null beside changedSince, and where a search has more than one page" }),
  leaves: count.meta({
    description: "of the public log, as far as this page tells it: ask changedSince=leaves for what came later",
  }),
  ...warned,
});

export const Evidence = z.object({
  file: z.string(),
  thumbnail: z.string().nullable(),
  stage: z.enum(["before", "during", "after"]),
  caption: z.string(),
  addedAt: Instant,
});

/** A photo that was blacked out in part, or withdrawn. */
export const Covering = z.object({
  stage: z.enum(["before", "during", "after"]),
  at: Instant,
  unit: Name.nullable(),
  reason: z.string(),
  isWhole: z.boolean().meta({ description: "true: withdrawn, nothing of it is shown; false: a copy with parts blacked out is" }),
});

export const ProblemWhole = Problem.extend({
  evidence: z.array(Evidence),
  coverings: z.array(Covering).meta({ description: "of photos, by which unit and why" }),
  notice: z.object({ postedAt: Instant, lastDay: Day.nullable() }).nullable(),
  objections: z.array(
    z.object({
      raisedAt: Instant,
      dueOn: Day.nullable().meta({ description: "the day by which it is answered in public; null until its calendar is known" }),
      decision: z.enum(["upheld", "rejected"]).nullable(),
      decisionReason: z.string().nullable(),
    }),
  ),
  extensions: z.array(
    z.object({
      fromDueOn: Day,
      newDueOn: Day,
      reason: z.string(),
      decision: z.enum(["granted", "refused"]).nullable(),
      decisionReason: z.string().nullable(),
    }),
  ),
  lookBacks: z.array(z.object({ dueOn: Day, outcome: z.enum(["held", "relapsed"]).nullable(), finding: z.string().nullable() })),
  suspension: z.object({ reason: z.string(), resumeOn: Day }).nullable(),
  dismissal: z.object({ ground: z.enum(["untrue", "not_ours", "already_done"]), reason: z.string() }).nullable(),
  asked: count.meta({ description: "reporters asked whether it is solved" }),
  reportsByChannel: z.array(z.object({ channel: z.string().meta({ examples: ["web", "phone"] }), count })),
  events: z.string().meta({ description: "address of everything that happened to it" }),
  ...warned,
});

export const Event = z.object({
  id: z.uuid(),
  verb: z
    .string()
    .refine(isPublicVerb)
    .meta({ examples: ["problem.assigned"] }),
  at: Instant,
  leaf: z.int().nullable().meta({ description: "its place in the public log (/log); null for the second until it has one" }),
  by: z.enum(ACTOR_KINDS),
  facts: z.record(z.string(), z.unknown()).meta({ description: "ids, days, counts and codes" }),
  names: z
    .record(z.string(), Name)
    .meta({ description: "by the fact's name: what its id is called now (category, theme, campaign, unit, village)" }),
  words: z.record(z.string(), z.string()),
  redacted: z.array(z.string()).meta({ description: "words withdrawn for privacy" }),
  officers: z.array(Leader).meta({ description: "leaders, and who verified; nobody else is named" }),
});

export const EventList = z.object({
  number: z.string(),
  events: z.array(Event).meta({ description: "from the first to the latest" }),
  ...warned,
});

export const Share = z.object({
  counted: z.int(),
  of: z.int(),
  rate: z.number().min(0).nullable().meta({ description: "null where there are too few to compare" }),
});
const shares = Object.fromEntries(FIGURES.map((figure) => [figure, Share]));
export const FigureSet = z.object({
  problems: z.int(),
  closed: z.int(),
  overdue: z.int(),
  silent: z.int().meta({ description: "asked, not answered in time: in no rate" }),
  silentAttempts: z.int().meta({ description: "how often those were called or visited in vain" }),
  extended: z.int().meta({ description: "of the problems in on-time, those whose due day was moved later" }),
  ...shares,
});
const Circle = z.object({ name: Name, figures: FigureSet });
export const Figures = z.object({
  asOf: Day.meta({ description: "the day as of whose beginning it is judged what is due" }),
  leaves: z.int().meta({ description: "of the public log, from which they can be counted again" }),
  leavesAt: Instant.nullable().meta({ description: "when the last of these leaves happened: whatever came later is not counted" }),
  few: z.int(),
  town: FigureSet,
  units: z.array(Circle),
  campaigns: z.array(Circle),
  ...warned,
});

export const Directory = z.object({
  town: Name.omit({ id: true }),
  units: z.array(Name),
  villages: z.array(Name),
  categories: z.array(Name.extend({ code: z.string() })),
  campaigns: z.array(Name),
  themes: z.array(Name),
  ...warned,
});

/** A number of leaves of the public log, an instant or a day; null where nothing is asked. */
const Since = z
  .string()
  .optional()
  .transform((typed) => (typed === undefined || typed === "" ? null : (sinceTyped(typed) ?? undefined)))
  .refine((since) => since !== undefined, { error: "since/impossible" })
  .transform((since) => since ?? null)
  .meta({
    description:
      "The entries that something happened to since, as they are now, in the order of the public log. A number: behind so many leaves " +
      "(`leaves` of an answer); nothing is missed, however many events share an instant. An instant (2026-07-28T09:00:00Z) or a day in " +
      "China: all that happened from then on, and perhaps a little from before. At most 1,000 leaves are gone through for one answer: go " +
      "on at `next` until it is null, keep `leaves` for the next time. An event has its leaf in seconds. Stands beside `limit` alone. " +
      "What changes by itself makes no leaf: the light (by the day) and names (/api/v1/directory).",
    examples: ["0", "2026-07-28T09:00:00Z"],
  });

/** Where the log was that many leaves long, or at that instant. */
export type Since = { readonly leaves: number } | { readonly at: Date };

function sinceTyped(typed: string): Since | null {
  if (/^\d{1,15}$/.test(typed)) return { leaves: Number(typed) };
  const day = dayTyped(typed);
  if (day === typed) return { at: startOf(day) };
  const instant = z.iso.datetime({ offset: true }).safeParse(typed);
  return instant.success ? { at: new Date(instant.data) } : null;
}

/** The filter of the ledger as an address asks for it, or what changed. */
export const ProblemQuery = ProblemFilter.extend({ changedSince: Since }).refine(
  ({ changedSince, ...filter }) => changedSince === null || filterQuery({ ...filter, limit: 1 }) === "limit=1",
  { error: "since/not-beside", path: ["changedSince"] },
);

const { photos: _photos, device: _device, forSecretary: _forSecretary, ...fields } = REPORT_FIELDS;

export const ReportSent = z
  .strictObject({
    ...fields,
    category: optionalLine(60).meta({
      description: "id or code of a category (/api/v1/directory); left out or empty, the town sets it",
      examples: ["complaint"],
    }),
  })
  .refine(isWholePosition, HALF_A_POSITION);

export const ReportReceived = z.object({
  receipt: z.string().meta({ description: "kept by the reporter; shown only here", examples: ["7Q4KM-2XD9H"] }),
  folded: z.boolean().meta({ description: "sent before with this Idempotency-Key; this is its receipt" }),
  track: z.string(),
});

const STEPS: readonly string[] = Object.keys(wordsIn("en").report.story.next);

export const ReceiptShown = z.strictObject({
  code: z
    .string({ error: "text/missing" satisfies FieldFault })
    .transform((typed) => parseReceiptCode(typed) ?? "")
    .refine((code) => code !== "", { error: "code/impossible" satisfies FieldFault })
    .meta({ description: "as it was given or as people write it", examples: ["7Q4KM-2XD9H"] }),
});

const RECEIPTS_OF = ["report", "objection", "me-too"] as const;
export type ReceiptOf = (typeof RECEIPTS_OF)[number];
/** Of a report; of an objection, decided or not; of a "me too". */
const RECEIPT_STATES = [...REPORT_STATUSES, "open", "upheld", "rejected", "counted"] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

export const ReceiptTold = z.object({
  of: z.enum(RECEIPTS_OF).meta({ description: "what the code is the receipt of" }),
  receivedOn: Day,
  state: z.enum(RECEIPT_STATES),
  says: z.string().meta({ description: "the state in words, by Accept-Language" }),
  next: z
    .object({ step: z.enum(STEPS), says: z.string(), day: Day.nullable() })
    .meta({ description: "what comes next, in words too, and the day it must have come by, where there is one" }),
  problem: z
    .object({ number: z.string(), page: z.string(), self: z.string() })
    .nullable()
    .meta({ description: "the entry of the ledger it led to, or is about" }),
});

export const ProblemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().meta({ description: "quote it when asking for help" }),
  code: z.string().meta({ examples: ["category/unknown"] }),
  errors: FieldErrors.exactOptional().meta({ description: "field by field: JSON pointers into the body, or names of parameters" }),
});
