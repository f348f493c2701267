import type { LogEvent } from "#audit/queries";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { csvOf } from "#doors/web/csv";
import type { Visit } from "#doors/web/visit";
import { factsOf, verbWords, whoOf } from "./event-words.ts";

/** The events as a file for a spreadsheet: in words for people, and as they are kept for whoever checks them. */
export function logFile(visit: Visit, names: Directory, events: readonly LogEvent[]): Response {
  const words = visit.words.people.log;
  const head = [words.when, words.who, words.verb, words.facts, "verb", "subject_kind", "subject", "actor", "id", "body"];
  const rows = events.map((event) => [
    event.at.toISOString(),
    whoOf(visit, names, event),
    verbWords(visit, event.verb),
    factsOf(visit, names, event),
    event.verb,
    event.subjectKind,
    event.subject,
    event.actor ?? "",
    event.id,
    event.body,
  ]);
  visit.context.header("content-type", "text/csv; charset=utf-8");
  visit.context.header("content-disposition", `attachment; filename="log-${dayOf(visit.at)}.csv"`);
  visit.context.header("cache-control", "no-store");
  return visit.context.body(csvOf([head, ...rows]));
}
