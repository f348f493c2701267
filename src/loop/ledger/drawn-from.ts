import { z } from "zod";
import { wholeNumber } from "#platform/numbers";
import { id } from "#platform/text";

/** What every form on a problem carries: which one, and the version its page was drawn from. */
export const drawnFrom = {
  problem: id,
  version: wholeNumber(1, Number.MAX_SAFE_INTEGER),
};

/** One or two officers chosen from lists of which one may stay empty; how many is a rule, not a matter of form. */
export const chosenLeaders = z
  .array(z.union([z.literal(""), id], "choice/unknown"), "choice/unknown")
  .default([])
  .transform((chosen) => chosen.filter((leader) => leader !== ""));
