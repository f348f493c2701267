import type { Officer } from "#people/officer";
import { retireUnit, type RetireUnit } from "#people/retire-unit";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { listOpenOf } from "./left-behind.ts";

/** Takes a unit out of the lists, once it answers for no open problem. Refusals: unit/answers-for-problems, and those of `retireUnit`. */
export async function partWithUnit(town: Town, by: Officer, at: Date, what: RetireUnit): Promise<void> {
  await transact(town, async (town) => {
    // Locks the unit's row, as with officers.
    await retireUnit(town, by, at, what);
    if ((await listOpenOf(town, what.unit)).length > 0) throw new Refusal("unit/answers-for-problems");
  });
}
