import { withoutPersonalNumbers } from "#platform/personal-numbers";
import type { Town } from "#platform/town";
import { saidOf } from "./identity.ts";
import { openIdentity } from "./open-identity.ts";

const HIDDEN = "***";
/** One character of a name stands in every other word. */
const SHORTEST = 2;

/**
 * A text without anything that is held of who sent this report, where it stands there word for word, and without numbers that lead to any
 * person. Nothing is told but the text; what is missing in it tells something all the same, so whoever is given it is one who may look.
 */
export async function withoutIdentity(town: Town, report: string, text: string): Promise<string> {
  const identity = await openIdentity(town, report);
  const held = identity === null ? [] : saidOf(identity).map(([, said]) => said);
  const longestFirst = held.filter((said) => said.length >= SHORTEST).toSorted((one, other) => other.length - one.length);
  return withoutPersonalNumbers(longestFirst.reduce((rest, said) => rest.replaceAll(said, HIDDEN), text));
}
