import type { Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";

/** The witness is asked no more; what it cosigned stays. Refusals: witness/unknown. */
export async function removeWitness(town: Town, by: Actor, at: Date, what: { readonly name: string }): Promise<void> {
  await transact(town, async (town) => {
    const removed = await town.db
      .deleteFrom("proof.witness")
      .where("town", "=", town.id)
      .where("name", "=", what.name)
      .returning("vkey")
      .executeTakeFirst();
    if (removed === undefined) throw new Refusal("witness/unknown");
    await appendEvent(town, by, at, { verb: "witness.removed", subject: THE_TOWN, facts: { vkey: removed.vkey } });
  });
}
