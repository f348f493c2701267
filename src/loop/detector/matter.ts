import { sql, type RawBuilder } from "kysely";
import { named, type PlacedEvent } from "#log/follower";
import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";

/** A step towards a closing: declared rectified, checked and passed, or closed. */
export type Matter = {
  readonly act: "declared" | "checked" | "closed";
  /** The id of the declaration, the check or the closing. */
  readonly subject: string;
  readonly problem: string;
  readonly number: string;
  readonly unit: string | null;
  readonly by: string;
  readonly at: Date;
  readonly text: string;
  /** Of a check. */
  readonly manner: "on_site" | "on_paper" | null;
  readonly dueOn: Day | null;
};

/** The fact of its event that names what was made, and where that is kept. */
const KEPT: {
  readonly [act in Matter["act"]]: { readonly fact: string; readonly step: (town: string, id: string) => RawBuilder<unknown> };
} = {
  declared: {
    fact: "rectification",
    step: (town, id) => sql`
      select id as subject, problem, declared_by as by, declared_at as at, done as text, null as manner
      from ledger.rectification where town = ${town} and id = ${id}`,
  },
  checked: {
    fact: "check",
    step: (town, id) => sql`
      select id as subject, problem, checked_by as by, checked_at as at, '' as text, manner
      from verification."check" where town = ${town} and id = ${id}`,
  },
  closed: {
    fact: "closing",
    step: (town, id) => sql`
      select id as subject, problem, closed_by as by, closed_at as at, statement as text, null as manner
      from verification.closing where town = ${town} and id = ${id}`,
  },
};

/** What an event did, as it is kept. */
export async function matterOf(town: Town, event: PlacedEvent, act: Matter["act"]): Promise<Matter> {
  const { fact, step } = KEPT[act];
  const id = named(event, fact);
  const { rows } = await sql<Omit<Matter, "act">>`
    select m.subject, m.problem, p.number, p.unit, m.by, m.at, m.text, m.manner, p.due_on as "dueOn"
    from (${step(town.id, id)}) m join ledger.problem p on p.town = ${town.id} and p.id = m.problem`.execute(town.db);
  const [row] = rows;
  if (row === undefined) throw new Error(`couldn't find what ${event.verb} made: there is no ${fact} ${id}`);
  return { act, ...row };
}
