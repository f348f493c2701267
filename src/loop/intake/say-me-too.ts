import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { countMeToo } from "#ledger/count-me-too";
import { hmac } from "#platform/hmac";
import { markNetwork } from "#platform/network-marks";
import { id, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";

/** `address`: where it comes from, as the doors count addresses; empty when nobody knows. */
export const SayMeToo = z.object({ problem: id, device: line(128), address: optionalLine(64) });
export type SayMeToo = z.infer<typeof SayMeToo>;

/**
 * How many of one network may say of one problem in a day. Neighbours share their carrier's address: of a village of some hundred
 * households fifty a day are heard, and the rest tomorrow, while one person who throws cookies away adds no more than that.
 */
export const MOST_ME_TOO_FROM_HERE = 50;

/**
 * "I have this too": counted once a device and problem, without a report. The problem's row is locked first, so of two taps at once
 * the second finds the first. Refusals: problem/unknown, problem/closed, me-too/said, me-too/many-from-here.
 */
export async function sayMeToo(town: Town, at: Date, what: SayMeToo): Promise<void> {
  await transact(town, async (town) => {
    await countMeToo(town, RESIDENT, at, { problem: what.problem });
    const device = meTooMark(town, what.problem, what.device);
    const said = await town.db
      .insertInto("intake.me_too")
      .values({ town: town.id, problem: what.problem, device, said_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("problem")
      .executeTakeFirst();
    if (said === undefined) throw new Refusal("me-too/said");
    const stranger = { act: "me-too", about: what.problem, address: what.address };
    if (!(await markNetwork(town, at, stranger, MOST_ME_TOO_FROM_HERE))) throw new Refusal("me-too/many-from-here");
  });
}

/** What is kept of a device that said it: another mark for each problem, so that nobody learns what else it was said of. */
export function meTooMark({ id, keys }: Town, problem: string, device: string): Buffer {
  return hmac(keys.for("device"), `me-too/${id}/${problem}/${device}`);
}
