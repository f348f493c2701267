import { addDays, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import type { Category } from "./category.ts";
import type { StandardAnswer } from "./standard-answer.ts";

export async function listCategories(town: Town): Promise<readonly Category[]> {
  return (await categories(town).orderBy("position").orderBy("id").execute()).map(asCategory);
}

/** A category that is in use; a retired one is not found. */
export async function findCategory(town: Town, id: string): Promise<Category | null> {
  const row = await categories(town).where("id", "=", id).where("retired_at", "is", null).executeTakeFirst();
  return row === undefined ? null : asCategory(row);
}

function categories(town: Town) {
  return town.db
    .selectFrom("limits.category")
    .select([
      "id",
      "code",
      "name_zh as nameZh",
      "name_en as nameEn",
      "limit_unit as limitUnit",
      "first_reply_limit as firstReplyLimit",
      "finish_limit as finishLimit",
      "extension_limit as extensionLimit",
      "retention_days as retentionDays",
      "sealed",
      "retired_at as retiredAt",
      "version",
    ])
    .where("town", "=", town.id);
}

function asCategory({ retiredAt, ...row }: Omit<Category, "retired"> & { readonly retiredAt: Date | null }): Category {
  return { ...row, retired: retiredAt !== null };
}

/** The first instant of what the town still keeps in its security logs. */
export async function securityLogBegins(town: Town, today: Day): Promise<Date> {
  const { security_log_days } = await town.db
    .selectFrom("people.policy")
    .select("security_log_days")
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  return startOf(addDays(today, -security_log_days));
}

/** The officers whom the reports of sealed categories go to, by category; where none is named, they go to the secretary. */
export async function listReceivers(town: Town): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await town.db.selectFrom("limits.receiver").select(["category", "officer"]).where("town", "=", town.id).execute();
  return new Map([...Map.groupBy(rows, ({ category }) => category)].map(([category, of]) => [category, of.map(({ officer }) => officer)]));
}

export async function listStandardAnswers(town: Town): Promise<readonly StandardAnswer[]> {
  return (await standardAnswers(town).orderBy("id").execute()).map(asStandardAnswer);
}

/** One that is in use; a retired one is not found. */
export async function findStandardAnswer(town: Town, id: string): Promise<StandardAnswer | null> {
  const row = await standardAnswers(town).where("id", "=", id).where("retired_at", "is", null).executeTakeFirst();
  return row === undefined ? null : asStandardAnswer(row);
}

/** More than these nobody reads through; the first ones stand. */
const MOST_OFFERED = 12;

/** Those in use that fit a report: of its category first, then of any. */
export async function standardAnswersFor(town: Town, category: string | null): Promise<readonly StandardAnswer[]> {
  const [own, any] = await Promise.all([category === null ? [] : inUseOf(town, category), inUseOf(town, null)]);
  return [...own, ...any].slice(0, MOST_OFFERED).map(asStandardAnswer);
}

function inUseOf(town: Town, category: string | null) {
  const inUse = standardAnswers(town).where("retired_at", "is", null).orderBy("id").limit(MOST_OFFERED);
  return (category === null ? inUse.where("category", "is", null) : inUse.where("category", "=", category)).execute();
}

/** Reports of a sealed category are answered by their receivers, in their own words. */
export async function whyNotCategoryOfAnswer(town: Town, category: string | null): Promise<RefusalCode | null> {
  if (category === null) return null;
  const found = await findCategory(town, category);
  if (found === null) return "category/unknown";
  return found.sealed ? "category/sealed" : null;
}

function standardAnswers(town: Town) {
  return town.db
    .selectFrom("limits.standard_answer")
    .select(["id", "name_zh as nameZh", "name_en as nameEn", "category", "text", "retired_at as retiredAt", "version"])
    .where("town", "=", town.id);
}

function asStandardAnswer({ retiredAt, ...row }: Omit<StandardAnswer, "retired"> & { readonly retiredAt: Date | null }): StandardAnswer {
  return { ...row, retired: retiredAt !== null };
}
