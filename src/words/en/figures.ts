import type { CountName } from "#publication/counted-entries";
import type { FigureName } from "#publication/figures";

const names: Record<FigureName, { readonly title: string; readonly what: string; readonly counted: string; readonly of: string }> = {
  response: {
    title: "Response rate",
    what: "Reports first answered within their limit, of those answered or whose limit has passed",
    counted: "answered in time",
    of: "to be answered",
  },
  resolution: {
    title: "Resolution rate",
    what: "Reporters who said “solved”, of the reporters who answered",
    counted: "said solved",
    of: "answered",
  },
  claim: {
    title: "The units' own claim",
    what: "Problems struck off, of the problems whose due day has passed; always beside the resolution rate, never instead of it",
    counted: "struck off",
    of: "due",
  },
  satisfaction: {
    title: "Satisfaction",
    what: "Call-backs answered “satisfied”, of the call-backs answered; silence is neither satisfied nor counted",
    counted: "satisfied",
    of: "answered",
  },
  "on-time": {
    title: "On time",
    what: "Problems rectified by their first due day, of the problems whose first due day has passed; days moved later are shown beside it",
    counted: "in time",
    of: "due",
  },
  relapse: {
    title: "Relapse rate",
    what: "Look-backs that found the problem back, of the look-backs done",
    counted: "relapsed",
    of: "look-backs done",
  },
};

const counts: Record<CountName, { readonly title: string; readonly what: string }> = {
  problems: { title: "Problems", what: "Problems on the ledger, without those dismissed" },
  closed: { title: "Struck off", what: "Problems that were struck off" },
  overdue: { title: "Overdue", what: "Problems in hand whose due day has passed; not those suspended" },
  extended: {
    title: "Moved later",
    what: "Problems whose first due day has passed and whose day was moved later (extension, suspension or relapse)",
  },
  silent: {
    title: "No answer",
    what: "Call-backs without an answer when the problem was struck off; neither satisfied nor counted in any rate",
  },
};

type Cited = {
  readonly ledger: string;
  readonly told: string;
  readonly value: string;
  readonly at: string;
  readonly leaves: number;
  readonly address: string;
};

export const figures = {
  title: "Figures",
  lead: "Each figure opens onto the entries it counts. Receiving many reports is nothing bad and is never scored against a unit.",
  asOf: { before: "As of ", after: " · " },
  leaves: (count: number) => `the first ${count} leaves of the public log`,
  behind: (count: number) => `; ${count} more are not counted yet`,
  dueUpTo: "What is due is judged as of the start of today. Anybody can count the public log again.",
  names,
  counts,
  share: (counted: number, of: number) => `${counted} of ${of}`,
  quotient: (counted: number, of: number) => `${counted} ÷ ${of}`,
  tooFew: (few: number) => `fewer than ${few} are too few for a rate`,
  tooFewHint: (few: number) => `Grey: counts, not rates. Fewer than ${few} are too few to compare.`,
  silentAttempts: (count: number) => ` (called or visited in vain: ${count})`,
  silent: (count: number) => `${count} more call-backs had no answer when the entry was struck off`,
  extended: (count: number) => `${count} of them had their day moved later (extension, suspension or relapse)`,
  ownClaim: "What the units say themselves; always beside what reporters say",
  open: (title: string) => `See what ${title} counts`,
  byUnit: "By unit",
  byCampaign: "By campaign",
  unit: "Unit",
  campaign: "Campaign",
  noUnits: "No problem has been assigned to a unit yet. Once one is, the units are listed here.",
  entries: "Every entry it counts",
  entry: "Entry",
  entryDay: { response: "Received", relapse: "Look-back due", silent: "Asked until", problem: "Due", promise: "First due day" },
  doneDay: { response: "Answered", relapse: "Looked back", silent: "Answered", problem: "Rectified", promise: "Rectified" },
  wasExtended: "day was moved later",
  privateReport: (channel: string) => `A report that is not public (${channel})`,
  notYet: "not yet",
  none: "There is nothing to count yet.",
  sum: "Sum",
  matter: "What is wrong",
  yes: "yes",
  file: "Download as a table (CSV)",
  files: "Download as tables (CSV, in parts)",
  titleOf: (title: string, whose: string) => `${title} (${whose})`,
  leftOut: {
    are: "Not counted: ",
    atLeast: (count: number) => `at least ${count}`,
    dismissed: (count: string) => `${count} dismissed`,
    suspended: (count: string) => `${count} suspended`,
    silent: (count: string) => `${count} call-backs without an answer when struck off`,
  },
  cite: "To cite this figure:",
  copy: "Copy this line",
  copied: "Copied",
  cited: ({ ledger, told, value, at, leaves, address }: Cited) =>
    `${ledger}, ${told}: ${value}, as of ${at}, the first ${leaves} leaves of the public log, ${address}`,
  older: "Older",
  newest: "Back to the newest",
  back: "All figures",
  unknown: "There is no such figure",
  unknownHint: "The address may be mistyped. All figures are on the Figures page.",
};
