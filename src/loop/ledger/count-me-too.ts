import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { id } from "#platform/text";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";

export const CountMeToo = z.object({ problem: id });
export type CountMeToo = z.output<typeof CountMeToo>;

/** 我也遇到了: one more, without a version, so that neighbours never get in the officers' way. */
export async function countMeToo(town: Town, by: Actor, at: Date, what: CountMeToo): Promise<void> {
  await transact(town, async (town) => {
    takeInOrder("problem");
    const counted = await town.db
      .updateTable("ledger.problem")
      .set((eb) => ({ me_too_count: eb("me_too_count", "+", 1) }))
      .where("town", "=", town.id)
      .where("id", "=", what.problem)
      .where("status", "not in", ["closed", "dismissed"])
      .returning("me_too_count")
      .executeTakeFirst();
    if (counted === undefined) throw new Refusal((await isKnown(town, what.problem)) ? "problem/closed" : "problem/unknown");
    await appendEvent(town, by, at, {
      verb: "problem.me-too",
      subject: { kind: "problem", id: what.problem },
      facts: { count: counted.me_too_count },
    });
  });
}

async function isKnown(town: Town, problem: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", town.id)
    .where("id", "=", problem)
    .executeTakeFirst();
  return row !== undefined;
}
