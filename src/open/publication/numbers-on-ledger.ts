import { startOfYear } from "#ledger/problem-number";
import type { Town } from "#platform/town";

/** How many numbers the last one of each year was, newest year first: those on the ledger are as many, none is left out. */
export async function numbersGiven(town: Town): Promise<readonly { readonly year: number; readonly last: number }[]> {
  return town.db.selectFrom("ledger.number_given").select(["year", "last"]).where("town", "=", town.id).orderBy("year", "desc").execute();
}

/** The numbers of a year that follow its first so many, at most as many as asked for. */
export async function numbersOf(town: Town, year: number, after: number, most: number): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("ledger.problem")
    .select("number")
    .where("town", "=", town.id)
    .where("ordinal", ">", startOfYear(year) + after)
    .where("ordinal", "<=", startOfYear(year) + after + most)
    .orderBy("ordinal")
    .limit(most)
    .execute();
  return rows.map(({ number }) => number);
}
