import { sql } from "kysely";
import type { Day } from "#platform/instant";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { PROBLEM_COLUMNS, type Problem } from "./problem.ts";

/** Something asked for that nobody has decided yet. */
export type Asked = { readonly id: string; readonly by: string };

/** A problem with everything the rules ask about it. The desk greys out and the commands refuse from the same facts. */
export type Standing = {
  readonly problem: Problem;
  /** The responsible unit and every unit below it. */
  readonly unitsWithin: readonly string[];
  /** Every unit that answers or ever answered for it, and those below them. */
  readonly unitsEver: readonly string[];
  /** Officers who have left one of those units after it began to answer. */
  readonly formerMembers: readonly string[];
  /** Everybody who answers or ever answered for it. */
  readonly everLeaders: readonly string[];
  /** Everybody who ever recorded progress, added evidence of the work or declared it rectified. */
  readonly workers: readonly string[];
  /** `after` evidence added since it was last declared rectified: old pictures prove nothing new. */
  readonly freshAfter: number;
  readonly extensionsGranted: number;
  readonly extension: (Asked & { readonly newDueOn: Day }) | null;
  readonly suspension: (Asked & { readonly resumeOn: Day }) | null;
  readonly dismissal: Asked | null;
};

/**
 * Locks one problem until the caller's transaction ends and reads where it stands. `version` is the one the form was drawn
 * from, null for residents and the system. NO KEY UPDATE: rows that only point at the problem (a "me too") need not wait.
 */
export async function lockProblem(town: Town, id: string, version: number | null): Promise<Standing> {
  takeInOrder("problem");
  const locked = await town.db
    .selectFrom("ledger.problem")
    .select("version")
    .where("town", "=", town.id)
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (locked === undefined) throw new Refusal("problem/unknown");
  if (version !== null && locked.version !== version) throw new Refusal("problem/changed");
  return readStanding(town, id);
}

export async function readStanding(town: Town, id: string): Promise<Standing> {
  const problem: Problem = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.id", "=", id)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<Facts>`
    with recursive within as (
      select id from people.unit where town = ${town.id} and id = ${problem.unit}
      union select u.id from people.unit u join within w on u.parent = w.id where u.town = ${town.id}
    ), ever (id, since) as (
      select unit, assigned_at from ledger.assignment where town = ${town.id} and problem = ${id}
      union select u.id, e.since from people.unit u join ever e on u.parent = e.id where u.town = ${town.id}
    )
    select array(select id from within) as "unitsWithin",
      array(select id from ever union select id from within) as "unitsEver",
      array(select f.officer from people.former_unit f join ever e on e.id = f.unit and e.since < f.left_at where f.town = ${town.id}
      ) as "formerMembers",
      array(select distinct unnest(leaders) from ledger.assignment where town = ${town.id} and problem = ${id}) as "everLeaders",
      array(
        select recorded_by from ledger.progress where town = ${town.id} and problem = ${id}
        union select declared_by from ledger.rectification where town = ${town.id} and problem = ${id}
        union select actor from evidence.use where town = ${town.id} and subject = ${id} and purpose <> 'before' and actor is not null
      ) as workers,
      (select count(*)::int from evidence.use e where e.town = ${town.id} and e.subject = ${id} and e.purpose = 'after'
        and e.ended_at is null and e.used_at > coalesce((select max(declared_at) from ledger.rectification where town = ${town.id}
          and problem = ${id}), '-infinity')
      ) as "freshAfter",
      (select count(*)::int from ledger.extension where town = ${town.id} and problem = ${id}
        and decision = 'granted') as "extensionsGranted",
      x.id as "extensionId", x.asked_by as "extensionBy", x.new_due_on as "newDueOn",
      s.id as "suspensionId", s.asked_by as "suspensionBy", s.resume_on as "resumeOn",
      d.id as "dismissalId", d.proposed_by as "dismissalBy"
    from (values (${id}::uuid)) as p (id)
    left join ledger.extension x on x.town = ${town.id} and x.problem = p.id and x.decision is null
    left join ledger.suspension s on s.town = ${town.id} and s.problem = p.id and s.decision is null
    left join ledger.dismissal d on d.town = ${town.id} and d.problem = p.id and d.decision is null`.execute(town.db);
  const [facts] = rows;
  if (facts === undefined) throw new Error(`couldn't read where problem ${id} stands`);
  return standingOf(problem, facts);
}

type Facts = Pick<
  Standing,
  "unitsWithin" | "unitsEver" | "formerMembers" | "everLeaders" | "workers" | "freshAfter" | "extensionsGranted"
> & {
  readonly extensionId: string | null;
  readonly extensionBy: string | null;
  readonly newDueOn: Day | null;
  readonly suspensionId: string | null;
  readonly suspensionBy: string | null;
  readonly resumeOn: Day | null;
  readonly dismissalId: string | null;
  readonly dismissalBy: string | null;
};

function standingOf(problem: Problem, facts: Facts): Standing {
  const { unitsWithin, unitsEver, formerMembers, everLeaders, workers, freshAfter, extensionsGranted, newDueOn, resumeOn } = facts;
  const extension = asked(facts.extensionId, facts.extensionBy);
  const suspension = asked(facts.suspensionId, facts.suspensionBy);
  return {
    problem,
    unitsWithin,
    unitsEver,
    formerMembers,
    everLeaders,
    workers,
    freshAfter,
    extensionsGranted,
    extension: extension === null || newDueOn === null ? null : { ...extension, newDueOn },
    suspension: suspension === null || resumeOn === null ? null : { ...suspension, resumeOn },
    dismissal: asked(facts.dismissalId, facts.dismissalBy),
  };
}

function asked(id: string | null, by: string | null): Asked | null {
  return id === null || by === null ? null : { id, by };
}
