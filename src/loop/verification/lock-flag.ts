import { lockProblem, type Standing } from "#ledger/standing";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import type { FlagKind, FlagState } from "./flag.ts";

/** A flag and where its problem stands. */
export type LockedFlag = { readonly kind: FlagKind; readonly state: FlagState; readonly standing: Standing };

/**
 * Locks the problem of a flag, and with it the flag: whoever raises, decides or answers one holds its problem. Refusal: flag/unknown.
 */
export async function lockFlag(town: Town, flag: string): Promise<LockedFlag> {
  const { problem } = await readFlag(town, flag);
  const standing = await lockProblem(town, problem, null);
  const { kind, state } = await readFlag(town, flag);
  return { kind, state, standing };
}

async function readFlag(town: Town, flag: string) {
  const row = await town.db
    .selectFrom("verification.flag")
    .select(["problem", "kind", "state"])
    .where("town", "=", town.id)
    .where("id", "=", flag)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal("flag/unknown");
  return row;
}
