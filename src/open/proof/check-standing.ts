import { sql } from "kysely";
import { z } from "zod";
import { canonicalJson, type Fact } from "#platform/canonical-json";
import type { Town } from "#platform/town";
import { retell, type Retold, type Told } from "./retell.ts";

/** A problem whose row is not what its events tell, and the first thing that differs. */
export type Differs = { readonly number: string; readonly field: string };

const PAGE = 200;

/**
 * Tells every problem's events again and compares what they come to with the row that pages are drawn from, and the records beside it
 * with the events that made them. The log keeps history; this keeps the present to it: whoever moves a due day, swaps a leader, closes a
 * problem or rewords a finding in the tables alone is found. `checkEvents` has to hold first. Null when all agree.
 */
export async function checkStanding(town: Town, progress: (problems: number) => void): Promise<Differs | null> {
  let [after, done] = [0, 0];
  for (;;) {
    const rows = await problemsAfter(town, after);
    for (const row of rows) {
      const field = differenceIn(row) ?? recordDifference(row);
      if (field !== null) return { number: row.number, field };
    }
    done += rows.length;
    progress(done);
    after = rows.at(-1)?.ordinal ?? after;
    if (rows.length < PAGE) break;
  }
  return missingProblem(town);
}

type Row = Omit<Retold, "measures"> & {
  readonly number: string;
  readonly ordinal: number;
  readonly measures: readonly string[];
  readonly events: readonly { readonly verb: string; readonly body: string; readonly words: Told["words"] | null }[];
  /** The records beside the row by id: what they say, as their events say it. */
  readonly records: { readonly [id: string]: string };
};

async function problemsAfter(town: Town, ordinal: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select p.number, p.ordinal::float8 as ordinal, p.status, p.title, p.details, p.place, p.goal, p.measures, p.category,
      p.theme, p.village, p.leaders,
      p.unit, p.due_on::text as "dueOn", p.original_due_on::text as "originalDueOn", p.relapse_count as relapses,
        p.answered_count as answered,
      p.solved_count as solved,
      array(select json_build_object('verb', e.verb, 'body', e.body, 'words',
          (select json_object_agg(w.field, w.text) from audit.private_text w where w.town = e.town and w.event = e.id))
        from audit.event e where e.town = p.town and e.subject = p.id and e.subject_kind = 'problem' order by e.id) as events,
      coalesce((select json_object_agg(r.id, r.says) from (
        select id, done as says from ledger.rectification where town = p.town and problem = p.id
        union all select id, outcome || ' ' || finding from verification."check" where town = p.town and problem = p.id
        union all select id, statement from verification.closing where town = p.town and problem = p.id
        union all select id, outcome || ' ' || finding from verification.look_back where town = p.town and problem = p.id
          and outcome is not null
        union all select question, case when solved then 'yes' else 'no' end from verification.answer where town = p.town and problem = p.id
        union all select id, coalesce(decision, '') || ' ' || coalesce(decision_reason, '') from verification.objection
          where town = p.town and problem = p.id and decision is not null
      ) r), '{}'::json) as records
    from ledger.problem p where p.town = ${town.id} and p.ordinal > ${ordinal} order by p.ordinal limit ${PAGE}`.execute(town.db);
  return rows;
}

const Body = z.object({ facts: z.record(z.string(), z.json()) });

function toldOf({ verb, body, words }: Row["events"][number]): Told {
  return { verb, facts: Body.parse(JSON.parse(body)).facts, words: words ?? {} };
}

/** The first field that differs; redacted words are kept nowhere but in the row, and are not compared. */
function differenceIn({ events, ...row }: Row): string | null {
  const retold = retell(events.map(toldOf));
  const kept: { readonly [field in keyof Retold]: Fact } = { ...row, measures: row.measures.join("\n") };
  const fields = Object.keys(retold).filter((field): field is keyof Retold => field in kept);
  return fields.find((field) => retold[field] !== null && canonicalJson(kept[field]) !== canonicalJson(retold[field])) ?? null;
}

/** Which record an event made, and how the record says what the event said. */
const RECORDS: { readonly [verb: string]: (told: Told) => readonly [Fact | undefined, string | null] } = {
  "problem.rectified": ({ facts, words }) => [facts["rectification"], words["done"] ?? null],
  "check.passed": ({ facts, words }) => [facts["check"], said("passed", words["finding"])],
  "check.failed": ({ facts, words }) => [facts["check"], said("failed", words["finding"])],
  "problem.closed": ({ facts, words }) => [facts["closing"], words["statement"] ?? null],
  "look-back.held": ({ facts, words }) => [facts["lookBack"], said("held", words["finding"])],
  "look-back.relapsed": ({ facts, words }) => [facts["lookBack"], said("relapsed", words["finding"])],
  "objection.upheld": ({ facts, words }) => [facts["objection"], said("upheld", words["reason"])],
  "objection.rejected": ({ facts, words }) => [facts["objection"], said("rejected", words["reason"])],
  "answer.given": ({ facts }) => [facts["question"], facts["solved"] === true ? "yes" : "no"],
};

function said(outcome: string, text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : `${outcome} ${text}`;
}

/** The first event whose record is gone or says something else, or a record that no event made. */
function recordDifference({ events, records }: Row): string | null {
  const made = new Set<string>();
  for (const told of events.map(toldOf)) {
    const [id, says] = RECORDS[told.verb]?.(told) ?? [];
    if (typeof id !== "string") continue;
    made.add(id);
    if (!(id in records) || (says !== null && says !== undefined && records[id] !== says)) return told.verb;
  }
  return Object.keys(records).every((id) => made.has(id)) ? null : "a record without an event";
}

/** A problem that was opened and has no row any more; null when there is none. */
async function missingProblem(town: Town): Promise<Differs | null> {
  const { rows } = await sql<{ subject: string }>`
    select e.subject from audit.event e where e.town = ${town.id} and e.verb = 'problem.opened'
      and not exists (select from ledger.problem p where p.town = e.town and p.id = e.subject) limit 1`.execute(town.db);
  const [row] = rows;
  return row === undefined ? null : { number: row.subject, field: "problem.opened" };
}
