import { transact, type Town } from "#platform/town";
import type { Account } from "./account.ts";
import { findCredential } from "./credential.ts";
import { isPassword } from "./password.ts";
import { readSignInFigures } from "./sign-in-figures.ts";
import { settleTry, whyNotTry, type Counted } from "./sign-in-gate.ts";
import { tellFailure } from "./tell-failure.ts";

/** `right` carries the hash it was right for: whoever goes on locks the row and compares, because another change may come between. */
export type Confirmed =
  | { readonly ended: "right"; readonly hash: string }
  | { readonly ended: "wrong" }
  | { readonly ended: "locked"; readonly until: Date };

/**
 * Whether an officer who is signed in typed their present password: an open screen is not enough for what asks for it. Wrong ones are
 * counted and told like those at sign-in, in a transaction of their own: the act that asked leaves nothing, the failure stays.
 */
export async function confirmPassword(town: Town, by: Account, at: Date, present: string): Promise<Confirmed> {
  const figures = await readSignInFigures(town);
  const counted: readonly Counted[] = [{ kind: "password", of: by.id }];
  const until = await whyNotTry(town, at, counted);
  if (until !== null) return { ended: "locked", until };
  const hash = (await findCredential(town, by.id))?.hash ?? null;
  const right = await isPassword(hash, present, by.id);
  return transact(town, async (town) => {
    const settled = await settleTry(town, at, { figures, counted, right });
    if (settled.ended === "locked") return settled;
    if (settled.ended === "right" && hash !== null) return { ended: "right", hash };
    await tellFailure(town, by, at, { step: "present-password", figures, settled });
    return { ended: "wrong" };
  });
}
