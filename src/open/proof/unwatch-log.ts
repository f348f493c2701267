import type { Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";

/** This town cosigns that log no more; what it saw of it stays, so that watching it again goes on from there. Refusals: log/unknown. */
export async function unwatchLog(town: Town, by: Actor, at: Date, what: { readonly origin: string }): Promise<void> {
  await transact(town, async (town) => {
    const ended = await town.db
      .updateTable("proof.watched")
      .set({ ended_at: at })
      .where("town", "=", town.id)
      .where("origin", "=", what.origin)
      .where("ended_at", "is", null)
      .returning("vkey")
      .executeTakeFirst();
    if (ended === undefined) throw new Refusal("log/unknown");
    await appendEvent(town, by, at, { verb: "log.unwatched", subject: THE_TOWN, facts: { vkey: ended.vkey } });
  });
}
