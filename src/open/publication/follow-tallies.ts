import { sql } from "kysely";
import { readBody, retell, type KeptEvent } from "#audit/retell";
import { INTAKE_EVENTS } from "#intake/events";
import type { Follower, PlacedEvent } from "#log/follower";
import type { Town } from "#platform/town";
import { amountsOf, type Amount } from "./amounts.ts";
import { OF_A_PROBLEM } from "./public-verbs.ts";

const COUNTED = { ...OF_A_PROBLEM, ...INTAKE_EVENTS };
const KINDS = new Map(Object.entries(COUNTED));

/** What figures are made of; what neighbours say moves none, and there can be thousands of it on one problem. */
const VERBS = Object.keys(COUNTED).filter((verb) => verb !== "problem.me-too");

/**
 * The tallies follow the log: where a problem, or a report, stood before these events and where it stands after them are told again by the
 * same pure function, and the difference is added. So they are of one moment, the leaf that the follower has come to.
 */
export const TALLIES: Follower = { name: "tallies", verbs: VERBS, most: 1000, take: foldEvents };

async function foldEvents(town: Town, _at: Date, events: readonly PlacedEvent[]): Promise<void> {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return;
  const subjects = [...new Set(events.map(({ subject }) => subject))];
  const history = await historyOf(town, subjects, last.leaf + 1);
  const sum = new Sums();
  for (const told of Map.groupBy(history, ({ subject }) => subject).values()) {
    sum.add(amountsAfter(told), 1);
    sum.add(amountsAfter(told.filter(({ leaf }) => leaf < first.leaf)), -1);
  }
  await sum.keep(town);
}

export function amountsAfter(events: readonly KeptEvent[]): readonly Amount[] {
  return amountsOf(retell((verb) => KINDS.get(verb) ?? null, events));
}

type Placed = KeptEvent & { readonly leaf: number };

/** What happened to these subjects in the leaves before this one, in the order of the log. Figures are made of facts: no word is read. */
export async function historyOf(town: Town, subjects: readonly string[], before: number): Promise<readonly Placed[]> {
  const { rows } = await sql<Omit<Placed, "facts" | "said" | "words"> & { readonly body: string }>`
    select l.number as leaf, e.verb, e.at, e.actor, e.subject, e.body
    from audit.event e join log.leaf l on l.town = e.town and l.event = e.id and l.number < ${before}
    where e.town = ${town.id} and e.subject = any (${subjects}::uuid[]) and e.verb = any (${VERBS}::text[])
    order by l.number`.execute(town.db);
  return rows.map(({ body, ...event }) => ({ ...event, ...readBody(body), words: {} }));
}

/** Amounts added up, each once for its measure, campaign, unit and day. */
export class Sums {
  readonly #sums = new Map<string, Amount>();

  add(amounts: readonly Amount[], times: 1 | -1): void {
    for (const one of amounts) {
      const key = [one.measure, one.campaign, one.unit, one.day].join(" ");
      const before = this.#sums.get(key)?.amount ?? 0;
      this.#sums.set(key, { ...one, amount: before + times * one.amount });
    }
  }

  get all(): readonly Amount[] {
    return [...this.#sums.values()].filter(({ amount }) => amount !== 0);
  }

  /** Adds a row for each: none is ever changed, so that whoever reads waits for nobody. */
  async keep(town: Town): Promise<void> {
    const { all } = this;
    if (all.length === 0) return;
    // One value, however many: a row each would need a parameter for every column, and there are at most 65,535.
    await sql`
      insert into publication.tally (town, measure, campaign, unit, day, amount)
      select ${town.id}, measure, campaign, unit, coalesce(day, '-infinity'), amount
      from jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
        as a (measure text, campaign uuid, unit uuid, day date, amount bigint)`.execute(town.db);
  }
}
