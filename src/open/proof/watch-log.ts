import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { judgeable } from "#platform/characters";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { checkedVkey } from "#standards/tlog/signer";
import { appendEvent } from "./events.ts";

export const WatchLog = z.object({
  vkey: z
    .string({ error: "text/missing" })
    .transform(judgeable)
    .refine((text) => checkedVkey(text) !== null, { error: "text/not-text" }),
});
export type WatchLog = z.infer<typeof WatchLog>;

/** From now on this town cosigns that log's checkpoints. Its origin is its key's name. Refusals: log/watched. Returns the origin. */
export async function watchLog(town: Town, by: Actor, at: Date, what: WatchLog): Promise<string> {
  const vkey = checkedVkey(what.vkey);
  if (vkey === null) throw new Error("couldn't watch a log: its key was not parsed first");
  await transact(town, async (town) => {
    const added = await town.db
      .insertInto("proof.watched")
      .values({ town: town.id, origin: vkey.name, vkey: what.vkey, added_at: at })
      .onConflict((conflict) =>
        conflict
          .columns(["town", "origin"])
          .doUpdateSet({ ended_at: null })
          .where("proof.watched.ended_at", "is not", null)
          .where("proof.watched.vkey", "=", what.vkey),
      )
      .returning("origin")
      .executeTakeFirst();
    if (added === undefined) throw new Refusal("log/watched");
    await appendEvent(town, by, at, { verb: "log.watched", subject: THE_TOWN, facts: { vkey: what.vkey } });
  });
  return vkey.name;
}
