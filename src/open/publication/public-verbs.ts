import { sql } from "kysely";
import type { Verb } from "#audit/verb";

/** What the public reads of an event: which facts, which words, and whether the officer who did it is named. */
type Telling = { readonly facts: readonly string[]; readonly words: readonly string[]; readonly named: boolean };

const telling = (facts: readonly string[], words: readonly string[], named = false): Telling => ({ facts, words, named });

/**
 * The one table of what is public of a problem's events; what is not in it is not told. Never a report's id or words, never
 * who reported, never who did the work: officers are named as leaders (in `leaders`) and as those who verify.
 * What a reporter answered is told as yes or no, the reason stays between them and the town; so does an objector's text.
 */
export const PUBLIC_VERBS = {
  "problem.opened": telling(["category", "theme", "campaign", "village", "channels", "photos"], ["title"]),
  "problem.joined": telling(["channel", "reports"], []),
  "problem.assigned": telling(["leaders", "unit", "dueOn"], ["goal", "measures"]),
  "problem.handed-over": telling(["leaders", "unit", "fromLeaders", "fromUnit"], ["reason"]),
  "problem.progressed": telling(["measuresDone", "photos", "stage"], ["note"]),
  "problem.evidence-added": telling(["stage", "photos"], ["caption"]),
  "problem.rectified": telling(["photos"], ["done"]),
  "problem.reminded": telling([], []),
  "problem.dated": telling(["dueOn"], []),
  "problem.themed": telling(["theme", "campaign"], []),
  "extension.asked": telling(["fromDueOn", "newDueOn"], ["reason"]),
  "extension.granted": telling(["fromDueOn", "newDueOn"], ["reason"]),
  "extension.refused": telling(["fromDueOn", "newDueOn"], ["reason"]),
  "suspension.approved": telling(["resumeOn"], ["reason"]),
  "suspension.ended": telling(["fromDueOn", "newDueOn"], ["reason"]),
  "dismissal.confirmed": telling(["ground"], ["reason"]),
  "problem.reinstated": telling([], ["reason"]),
  "check.passed": telling(["manner"], ["finding"], true),
  "check.failed": telling(["manner"], ["finding"], true),
  "question.asked": telling(["reporters", "openUntil"], []),
  "answer.given": telling(["solved", "satisfied"], []),
  "answer.overruled": telling([], ["reason"]),
  "answer.honoured": telling([], ["reason"]),
  "notice.posted": telling(["lastDay"], []),
  "notice.dated": telling(["lastDay"], []),
  "objection.raised": telling([], []),
  "objection.upheld": telling([], ["reason"]),
  "objection.rejected": telling([], ["reason"]),
  "problem.closed": telling(["silent"], ["statement"]),
  "look-back.held": telling(["dueOn"], ["finding"], true),
  "look-back.relapsed": telling(["dueOn"], ["finding"], true),
  "problem.recurred": telling([], ["reason"]),
  "flag.raised": telling(["kind"], []),
  "flag.cleared": telling(["kind"], ["reason"], true),
} as const satisfies { readonly [verb in Verb]?: Telling };

export type PublicVerb = keyof typeof PUBLIC_VERBS;

export function isPublicVerb(verb: string): verb is PublicVerb {
  return Object.hasOwn(PUBLIC_VERBS, verb);
}

/** The verbs as the database compares them. */
export const PUBLIC_VERB_NAMES: readonly string[] = Object.keys(PUBLIC_VERBS);

/** What the indexes of events to be read know of them (db/migrations/0165), in the very words: without it they are not used. */
export const READ_EVENT = sql`e.subject_kind = 'problem' and e.verb <> 'problem.me-too'`;
