import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";

/** One or two, each holding the leader duty and not disabled: `eligible` are those among the chosen who do. */
export function whyNotLeaders(chosen: readonly string[], eligible: readonly string[]): RefusalCode | null {
  if (chosen.length === 0) return "leaders/none";
  if (chosen.length > 2) return "leaders/too-many";
  return chosen.every((leader) => eligible.includes(leader)) ? null : "leaders/not-a-leader";
}

/** Why these leaders and this unit can't be made answerable. */
export async function whyNotAnswerable(town: Town, leaders: readonly string[], unit: string): Promise<RefusalCode | null> {
  const no = whyNotLeaders(leaders, await findEligible(town, leaders));
  if (no !== null) return no;
  const standing = await town.db
    .selectFrom("people.unit")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "=", unit)
    .where("retired_at", "is", null)
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
    .execute();
  return rows.map((row) => row.id);
}

/** The leaders' names, for the log: they stand in an event as commitments, opened beside it (`leader1`, `leader2`). */
export async function namesOfLeaders(town: Town, leaders: readonly string[]): Promise<{ readonly [field: string]: string }> {
  const rows = await town.db
    .selectFrom("people.officer")
    .select(["id", "name"])
    .where("town", "=", town.id)
    .where("id", "in", leaders)
    .execute();
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return Object.fromEntries(leaders.map((leader, position) => [`leader${position + 1}`, names.get(leader) ?? ""]));
}
