import { z } from "zod";
import { newId } from "#platform/ids";
import { id, line } from "#platform/text";
import type { Town } from "#platform/town";
import { receiptCode, receiptHash } from "./receipt-code.ts";
import { meTooMark } from "./say-me-too.ts";

/** For an objection, or for the device that said "me too". */
export const GiveSlip = z.union([z.object({ problem: id, objection: id }), z.object({ problem: id, device: line(128) })]);
export type GiveSlip = z.output<typeof GiveSlip>;

/**
 * The receipt of an objection or a "me too", which stands already; returns the slip's id, of which `receiptCode` makes the code. Whoever
 * asks again, or twice at once, is given the same slip. It tells nothing that the log does not know, so that no event goes with it.
 */
export async function giveSlip(town: Town, at: Date, what: GiveSlip): Promise<string> {
  const slip = newId(at);
  const { problem } = what;
  const given =
    "objection" in what ? { objection: what.objection, device: null } : { objection: null, device: meTooMark(town, problem, what.device) };
  const fresh = await town.db
    .insertInto("intake.slip")
    .values({
      town: town.id,
      id: slip,
      problem,
      ...given,
      receipt_hash: receiptHash(town.keys, receiptCode(town.keys, slip)),
      given_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (fresh !== undefined) return fresh.id;
  const first = await town.db
    .selectFrom("intake.slip")
    .select("id")
    .where("town", "=", town.id)
    .where("problem", "=", problem)
    .where((eb) => (given.device === null ? eb("objection", "=", given.objection) : eb("device", "=", given.device)))
    .executeTakeFirstOrThrow();
  return first.id;
}
