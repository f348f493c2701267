import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { countMeToo } from "#ledger/count-me-too";
import { hmac } from "#platform/hmac";
import { id, line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";

export const SayMeToo = z.object({ problem: id, device: line(128) });
export type SayMeToo = z.infer<typeof SayMeToo>;

/**
 * "I have this too": counted once a device and problem, without a report. Of two taps at once the second waits on the
 * row's key and is refused. Refusals: problem/unknown, problem/closed, me-too/said.
 */
export async function sayMeToo(town: Town, at: Date, what: SayMeToo): Promise<void> {
  await transact(town, async (town) => {
    await countMeToo(town, RESIDENT, at, { problem: what.problem });
    const device = hmac(town.keys.for("device"), `me-too/${town.id}/${what.problem}/${what.device}`);
    const said = await town.db
      .insertInto("intake.me_too")
      .values({ town: town.id, problem: what.problem, device, said_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("problem")
      .executeTakeFirst();
    if (said === undefined) throw new Refusal("me-too/said");
  });
}
