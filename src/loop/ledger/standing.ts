import { sql } from "kysely";
import type { Day } from "#platform/instant";
import { takeInOrder } from "#platform/lock-order";
import { noteChanged } from "#platform/settling";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { PROBLEM_COLUMNS, type Problem } from "./problem.ts";

/** Something asked for that nobody has decided yet. */
export type Asked = { readonly id: string; readonly by: string; readonly at: Date };

/** A problem with everything the rules ask about it. The desk greys out and the commands refuse from the same facts. */
export type Standing = {
  readonly problem: Problem;
  /** The responsible unit and every unit below it. */
  readonly unitsWithin: readonly string[];
  /** Every unit that it is or ever was assigned to. */
  readonly unitsAnswered: readonly string[];
  /** Those, and every unit that stands below one of them now. */
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
 * Whoever locks it is about to change it: what follows from it is settled before the commit (platform/settling.ts).
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
  noteChanged(town, id);
  return readStanding(town, id);
}

/** Locks several in the order of their ids, for whoever changes what stands beside them and asks nothing of where they stand. */
export async function lockProblems(town: Town, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  takeInOrder("problem");
  await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "in", ids)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
  for (const id of ids) noteChanged(town, id);
}

export async function readStanding(town: Town, id: string): Promise<Standing> {
  const standing = (await readStandings(town, [id])).get(id);
  if (standing === undefined) throw new Error(`couldn't read where problem ${id} stands`);
  return standing;
}

/** Several problems by id, in two round trips however many; an id the town does not have is left out. */
export async function readStandings(town: Town, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (ids.length === 0) return new Map();
  const problems: readonly Problem[] = await town.db
    .selectFrom("ledger.problem as p")
    .select(PROBLEM_COLUMNS)
    .where("p.town", "=", town.id)
    .where("p.id", "in", ids)
    .execute();
  const { rows } = await sql<Facts>`
    select p.id as problem, units.*,
      array(select distinct a.unit from ledger.assignment a where a.town = ${town.id} and a.problem = p.id) as "unitsAnswered",
      array(select distinct unnest(a.leaders) from ledger.assignment a where a.town = ${town.id} and a.problem = p.id) as "everLeaders",
      array(
        select g.recorded_by from ledger.progress g where g.town = ${town.id} and g.problem = p.id
        union select r.declared_by from ledger.rectification r where r.town = ${town.id} and r.problem = p.id
        union select u.actor from evidence.use u
        where u.town = ${town.id} and u.subject = p.id and u.purpose <> 'before' and u.actor is not null
      ) as workers,
      (select count(*)::int from evidence.use u where u.town = ${town.id} and u.subject = p.id and u.purpose = 'after'
        and u.ended_at is null and u.used_at > coalesce(
          (select max(r.declared_at) from ledger.rectification r where r.town = ${town.id} and r.problem = p.id), '-infinity')
      ) as "freshAfter",
      (select count(*)::int from ledger.extension g where g.town = ${town.id} and g.problem = p.id and g.decision = 'granted'
      ) as "extensionsGranted",
      x.id as "extensionId", x.asked_by as "extensionBy", x.asked_at as "extensionAt", x.new_due_on as "newDueOn",
      s.id as "suspensionId", s.asked_by as "suspensionBy", s.asked_at as "suspensionAt", s.resume_on as "resumeOn",
      d.id as "dismissalId", d.proposed_by as "dismissalBy", d.proposed_at as "dismissalAt"
    from ledger.problem p
    cross join lateral (
      with recursive within (id) as (
        select u.id from people.unit u where u.town = ${town.id} and u.id = p.unit
        union select u.id from people.unit u join within w on u.parent = w.id where u.town = ${town.id}
      ), ever (id, since) as (
        select a.unit, a.assigned_at from ledger.assignment a where a.town = ${town.id} and a.problem = p.id
        union select u.id, e.since from people.unit u join ever e on u.parent = e.id where u.town = ${town.id}
      )
      select array(select id from within) as "unitsWithin",
        array(select id from ever union select id from within) as "unitsEver",
        array(select f.officer from people.former_unit f join ever e on e.id = f.unit and e.since < f.left_at where f.town = ${town.id}
        ) as "formerMembers"
    ) units
    left join ledger.extension x on x.town = ${town.id} and x.problem = p.id and x.decision is null
    left join ledger.suspension s on s.town = ${town.id} and s.problem = p.id and s.decision is null
    left join ledger.dismissal d on d.town = ${town.id} and d.problem = p.id and d.decision is null
    where p.town = ${town.id} and p.id = any (${ids}::uuid[])`.execute(town.db);
  const facts = new Map(rows.map((row) => [row.problem, row]));
  return new Map(
    problems.flatMap((problem) => {
      const of = facts.get(problem.id);
      return of === undefined ? [] : [[problem.id, standingOf(problem, of)]];
    }),
  );
}

type Facts = Pick<
  Standing,
  "unitsWithin" | "unitsAnswered" | "unitsEver" | "formerMembers" | "everLeaders" | "workers" | "freshAfter" | "extensionsGranted"
> & {
  readonly problem: string;
  readonly extensionId: string | null;
  readonly extensionBy: string | null;
  readonly extensionAt: Date | null;
  readonly newDueOn: Day | null;
  readonly suspensionId: string | null;
  readonly suspensionBy: string | null;
  readonly suspensionAt: Date | null;
  readonly resumeOn: Day | null;
  readonly dismissalId: string | null;
  readonly dismissalBy: string | null;
  readonly dismissalAt: Date | null;
};

function standingOf(problem: Problem, facts: Facts): Standing {
  const { unitsWithin, unitsAnswered, unitsEver, formerMembers, everLeaders, workers, freshAfter, extensionsGranted } = facts;
  const { newDueOn, resumeOn } = facts;
  const extension = asked(facts.extensionId, facts.extensionBy, facts.extensionAt);
  const suspension = asked(facts.suspensionId, facts.suspensionBy, facts.suspensionAt);
  return {
    problem,
    unitsWithin,
    unitsAnswered,
    unitsEver,
    formerMembers,
    everLeaders,
    workers,
    freshAfter,
    extensionsGranted,
    extension: extension === null || newDueOn === null ? null : { ...extension, newDueOn },
    suspension: suspension === null || resumeOn === null ? null : { ...suspension, resumeOn },
    dismissal: asked(facts.dismissalId, facts.dismissalBy, facts.dismissalAt),
  };
}

function asked(id: string | null, by: string | null, at: Date | null): Asked | null {
  return id === null || by === null || at === null ? null : { id, by, at };
}
