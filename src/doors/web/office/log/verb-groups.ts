import type { Verb } from "#proof/all-events";

/** What a reader of the log asks about; the order is that of the list. */
export const VERB_GROUPS = ["identities", "sign-in", "duties", "settings", "reports", "problems", "checks", "files", "log"] as const;
export type VerbGroup = (typeof VERB_GROUPS)[number];

type Noun<V> = V extends `${infer N}.${string}` ? N : never;

/** A noun of the verbs without its group does not compile. */
const OF_NOUN: Record<Noun<Verb>, VerbGroup> = {
  identity: "identities",
  sealed: "identities",
  officer: "sign-in",
  duty: "duties",
  device: "duties",
  program: "duties",
  policy: "settings",
  town: "settings",
  unit: "settings",
  village: "settings",
  category: "settings",
  "standard-answer": "settings",
  calendar: "settings",
  campaign: "settings",
  theme: "settings",
  report: "reports",
  receipt: "reports",
  question: "reports",
  answer: "reports",
  problem: "problems",
  problems: "problems",
  extension: "problems",
  suspension: "problems",
  dismissal: "problems",
  deadlines: "problems",
  check: "checks",
  "look-back": "checks",
  flag: "checks",
  notice: "checks",
  objection: "checks",
  file: "files",
  text: "files",
  log: "log",
  witness: "log",
};

export function groupOf(verb: Verb): VerbGroup {
  const isNoun = (noun: string): noun is Noun<Verb> => Object.hasOwn(OF_NOUN, noun);
  const noun = verb.slice(0, verb.indexOf("."));
  if (!isNoun(noun)) throw new Error(`couldn't group ${verb}: it has no noun`);
  return OF_NOUN[noun];
}
