import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";

/** One or two different ones, each holding the leader duty and not disabled: `eligible` are those among the chosen who do. */
export function whyNotLeaders(chosen: readonly string[], eligible: readonly string[]): RefusalCode | null {
  if (chosen.length === 0) return "leaders/none";
  if (chosen.length > 2) return "leaders/too-many";
  if (new Set(chosen).size < chosen.length) return "leaders/twice";
  return chosen.every((leader) => eligible.includes(leader)) ? null : "leaders/not-a-leader";
}

/**
 * Why these leaders and this unit can't be made answerable. Their rows are shared until commit: whoever parts with one of them at this
 * moment waits, and finds the problem (part-with-officer.ts).
 */
export async function whyNotAnswerable(town: Town, leaders: readonly string[], unit: string): Promise<RefusalCode | null> {
  const no = whyNotLeaders(leaders, await findEligible(town, leaders));
  if (no !== null) return no;
  const standing = await town.db
    .selectFrom("people.unit")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "=", unit)
    .where("retired_at", "is", null)
    .forShare()
    .executeTakeFirst();
  return standing === undefined ? "unit/unknown" : null;
}

async function findEligible(town: Town, leaders: readonly string[]): Promise<readonly string[]> {
  if (leaders.length === 0) return [];
  const rows = await town.db
    .selectFrom("people.officer as o")
    .innerJoin("people.duty as d", (join) => join.onRef("d.town", "=", "o.town").onRef("d.officer", "=", "o.id"))
    .select("o.id")
    .where("o.town", "=", town.id)
    .where("o.id", "in", leaders)
    .where("o.disabled_at", "is", null)
    .where("d.duty", "=", "leader")
    .where("d.revoked_at", "is", null)
    .forShare("o")
    .execute();
  return rows.map((row) => row.id);
}

/** Those of the leaders who still work here. */
export async function leadersHere(town: Town, leaders: readonly string[]): Promise<readonly string[]> {
  if (leaders.length === 0) return [];
  const rows = await town.db
    .selectFrom("people.officer")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "in", leaders)
    .where("disabled_at", "is", null)
    .execute();
  return leaders.filter((leader) => rows.some(({ id }) => id === leader));
}

/** What the leaders and the unit are called now: an event keeps it, because names and units change and history does not. */
export async function namesNow(town: Town, leaders: readonly string[], unit: string) {
  const rows = await town.db
    .selectFrom("people.officer")
    .select(["id", "name"])
    .where("town", "=", town.id)
    .where("id", "in", leaders)
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const [first = "", second = ""] = leaders;
  return { leader1: names.get(first) ?? "", leader2: names.get(second) ?? "", unitName: await unitNameNow(town, unit) };
}

export async function unitNameNow(town: Town, unit: string): Promise<string> {
  const row = await town.db
    .selectFrom("people.unit")
    .select("name_zh")
    .where("town", "=", town.id)
    .where("id", "=", unit)
    .executeTakeFirst();
  return row?.name_zh ?? "";
}
