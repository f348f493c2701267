import { sql } from "kysely";
import { readCalendar } from "#limits/calendar";
import { deadlineOf } from "#limits/deadline";
import { listCategories } from "#limits/queries";
import type { Category } from "#limits/category";
import type { Keys, Town } from "#platform/town";
import type { Calendar } from "#standards/workdays/workdays";

/** What receiving a report asks of the town's rules, as of one `version` (people.town.directory_version). */
export type RuleBook = {
  readonly version: number;
  readonly categories: ReadonlyMap<string, Category>;
  readonly villages: ReadonlySet<string>;
  readonly calendar: Calendar;
};

// Read again only when the version moved; whoever uses it asks the database, in the same statement, whether it did.
// Measured: reading it every time costs four round trips on the busiest write there is. One map per running place.
const kept = new WeakMap<Keys, Map<string, RuleBook>>();

export async function ruleBook(town: Town): Promise<RuleBook> {
  return kept.get(town.keys)?.get(town.id) ?? rereadRuleBook(town);
}

export async function rereadRuleBook(town: Town): Promise<RuleBook> {
  // The version first: what is read after it may be newer, never older, and a newer one shows as a moved version.
  const row = await town.db
    .selectFrom("people.town")
    .select("directory_version")
    // A version that this very transaction made may never be committed; the next one to make it would mean other rules.
    .select(sql<boolean>`coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false)`.as("isOurs"))
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  const categories = await listCategories(town);
  const villages = await town.db
    .selectFrom("people.village")
    .select("id")
    .where("town", "=", town.id)
    .where("retired_at", "is", null)
    .execute();
  const book: RuleBook = {
    version: row.directory_version,
    categories: new Map(categories.filter(({ retired }) => !retired).map((category) => [category.id, category])),
    villages: new Set(villages.map(({ id }) => id)),
    calendar: await readCalendar(town),
  };
  if (row.isOurs) return book;
  const towns = kept.get(town.keys) ?? new Map<string, RuleBook>();
  kept.set(town.keys, towns.set(town.id, book));
  return book;
}

/**
 * When the first reply is due, by the strictest of these categories: of all in use, where its reporter left it to the town. Null when the
 * calendar of a year it needs is not known yet. The report is received all the same: a resident does not wait for the town's calendar, and
 * no working day is guessed. The office is warned.
 */
export function firstReplyDue(calendar: Calendar, categories: readonly Category[], at: Date): Date | null {
  const each = categories.map(({ limitUnit, firstReplyLimit }) => deadlineOf(calendar, limitUnit, firstReplyLimit, at));
  const known = each.filter((due) => due !== null).sort((one, other) => one.getTime() - other.getTime());
  return known.length < each.length ? null : (known[0] ?? null);
}
