import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { Finding } from "#verification/flag";
import type { Matter } from "./matter.ts";

/** How many of one officer's acts within how many minutes are more than anybody looks at: a check on site takes the way there. */
const SITTINGS = {
  on_site: { count: 4, minutes: 20 },
  on_paper: { count: 6, minutes: 20 },
  closed: { count: 6, minutes: 15 },
} as const;

type Act = { readonly subject: string; readonly problem: string; readonly number: string };

/** Many checks passed, or many numbers struck off, in one sitting: the last of them finds the others. */
export async function oneSitting(town: Town, matter: Matter): Promise<readonly Finding[]> {
  if (matter.act === "declared") return [];
  const manner = matter.manner ?? "closed";
  const { count, minutes } = SITTINGS[manner];
  const acts = await actsBefore(town, matter, manner, minutes);
  const numbers = [...new Set(acts.map(({ number }) => number))].toSorted();
  if (numbers.length < count) return [];
  const about = { act: matter.act, count: numbers.length, minutes, numbers };
  return acts.map(({ problem, subject }) => ({ kind: "one-sitting" as const, problem, mark: subject, about }));
}

async function actsBefore(town: Town, { by, at }: Matter, manner: keyof typeof SITTINGS, minutes: number): Promise<readonly Act[]> {
  const from = new Date(at.getTime() - minutes * 60_000);
  const acts =
    manner === "closed"
      ? sql`select c.id as subject, c.problem from verification.closing c
          where c.town = ${town.id} and c.closed_by = ${by} and c.closed_at between ${from} and ${at}`
      : sql`select c.id as subject, c.problem from verification."check" c
          where c.town = ${town.id} and c.checked_by = ${by} and c.outcome = 'passed' and c.manner = ${manner}
            and c.checked_at between ${from} and ${at}`;
  const { rows } = await sql<Act>`
    select a.subject, a.problem, p.number from (${acts}) a join ledger.problem p on p.town = ${town.id} and p.id = a.problem
      limit 200`.execute(town.db);
  return rows;
}
