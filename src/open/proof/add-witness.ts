import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import { judgeable } from "#platform/characters";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { checkedVkey } from "#standards/tlog/signer";
import { appendEvent } from "./events.ts";

/** `url` is the witness's submission prefix: `/add-checkpoint` is put behind it. */
export const AddWitness = z.object({
  vkey: z
    .string({ error: "text/missing" })
    .transform(judgeable)
    .refine((text) => checkedVkey(text) !== null, { error: "text/not-text" }),
  url: z
    .string({ error: "text/missing" })
    .transform(judgeable)
    .pipe(z.url({ protocol: /^https?$/, error: "text/not-text" })),
});
export type AddWitness = z.infer<typeof AddWitness>;

/** From now on this witness is asked to cosign the town's checkpoints. Refusals: witness/known. Returns its name. */
export async function addWitness(town: Town, by: Actor, at: Date, what: AddWitness): Promise<string> {
  const vkey = checkedVkey(what.vkey);
  if (vkey === null) throw new Error("couldn't add a witness: its key was not parsed first");
  await transact(town, async (town) => {
    const added = await town.db
      .insertInto("proof.witness")
      .values({ town: town.id, name: vkey.name, vkey: what.vkey, url: what.url, added_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("name")
      .executeTakeFirst();
    if (added === undefined) throw new Refusal("witness/known");
    await appendEvent(town, by, at, { verb: "witness.added", subject: THE_TOWN, facts: { vkey: what.vkey } });
  });
  return vkey.name;
}
