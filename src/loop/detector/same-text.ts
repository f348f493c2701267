import { sql } from "kysely";
import { DAY_MS } from "#platform/instant";
import { bare, nearnessOf, pairsOf, type Pairs } from "#platform/nearness";
import type { Town } from "#platform/town";
import type { Finding } from "#verification/flag";
import type { Matter } from "./matter.ts";

/** A text this long says enough of its own to be told from another; below it only the very same words, used again and again, count. */
const LONG_ENOUGH = { declared: 20, closed: 30 };
/** One sign in sixty is another. */
const NEARLY_THE_SAME = 0.93;
/** Days and counts are what somebody changes who copies a text: one stands for all. */
const NUMBERS = /[0-9一二两三四五六七八九十百千]+/g;
/** A short text word for word in so many others of the same unit within a quarter. */
const SHARED_BY = 3;
const SHARED_DAYS = 90;
/** What the office writes with every closing is a formula, and says nothing against any of them. */
const FORMULA_FROM = 5;
const YEAR_DAYS = 365;
/** With so many a text is compared at most: a bound far above any real town's. */
const MOST_COMPARED = 5000;

type Other = { readonly number: string; readonly text: string; readonly unit: string | null; readonly at: Date };

/**
 * The text of a declaration or a closing that is nearly another's: copied rather than written. Compared with those of the year before.
 */
export async function sameText(town: Town, matter: Matter): Promise<readonly Finding[]> {
  if (!isWritten(matter)) return [];
  const others = await textsBefore(town, matter);
  return bare(matter.text).length < LONG_ENOUGH[matter.act] ? sharedWords(matter, others) : nearestText(matter, others);
}

type Written = Matter & { readonly act: "declared" | "closed" };

function isWritten(matter: Matter): matter is Written {
  return matter.act !== "checked";
}

function nearestText(matter: Written, others: readonly Other[]): readonly Finding[] {
  const own = withoutNumbers(matter.text);
  const likely = others
    .map((other) => ({ ...other, alike: nearnessOf(own, withoutNumbers(other.text)).alike }))
    .filter((one) => one.alike >= NEARLY_THE_SAME);
  const [nearest] = likely.toSorted((a, b) => b.alike - a.alike);
  if (nearest === undefined || (matter.act === "closed" && likely.length >= FORMULA_FROM)) return [];
  const about = { other: nearest.number, alike: Math.round(nearest.alike * 100) / 100, shared: likely.length };
  return [{ kind: "same-text", problem: matter.problem, mark: `${matter.act}/${matter.subject}`, about }];
}

function withoutNumbers(text: string): Pairs {
  return pairsOf(bare(text).replaceAll(NUMBERS, "0"));
}

function sharedWords(matter: Matter, others: readonly Other[]): readonly Finding[] {
  if (matter.act !== "declared") return [];
  const since = matter.at.getTime() - SHARED_DAYS * DAY_MS;
  const same = others.filter(
    (other) => other.unit === matter.unit && other.at.getTime() >= since && bare(other.text) === bare(matter.text),
  );
  const [first] = same;
  if (first === undefined || same.length < SHARED_BY) return [];
  const about = { other: first.number, alike: 1, shared: same.length };
  return [{ kind: "same-text", problem: matter.problem, mark: `${matter.act}/${matter.subject}`, about }];
}

/** Only those about as long can be nearly the same. */
async function textsBefore(town: Town, { act, problem, at, text }: Matter): Promise<readonly Other[]> {
  const from = new Date(at.getTime() - YEAR_DAYS * DAY_MS);
  const texts =
    act === "closed"
      ? sql`select c.problem, c.statement as text, c.closed_at as at from verification.closing c
          where c.town = ${town.id} and c.closed_at >= ${from} and c.closed_at < ${at}`
      : sql`select r.problem, r.done as text, r.declared_at as at from ledger.rectification r
          where r.town = ${town.id} and r.declared_at >= ${from} and r.declared_at < ${at}`;
  const { rows } = await sql<Other>`
    select p.number, t.text, p.unit, t.at from (${texts}) t join ledger.problem p on p.town = ${town.id} and p.id = t.problem
    where t.problem <> ${problem} and length(t.text) * 2 >= ${text.length} and length(t.text) <= ${text.length * 2}
      order by t.at desc limit ${MOST_COMPARED}`.execute(town.db);
  return rows;
}
