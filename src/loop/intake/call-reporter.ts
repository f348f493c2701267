import { z } from "zod";
import type { Officer } from "#people/officer";
import type { CallGateway } from "#platform/call-gateway";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { phone } from "#vault/identity";
import { openIdentity } from "#vault/open-identity";
import { Look, recordLook } from "#vault/record-look";
import { whyNotLookAt } from "./look-at-identity.ts";

export const CallReporter = z.object({
  ...Look.shape,
  /** The officer's own telephone: the gateway rings it first, then the reporter's. */
  line: phone,
});
export type CallReporter = z.infer<typeof CallReporter>;

/**
 * Has the gateway connect the officer with the reporter, whose number nobody sees. The call is recorded, as a look is, before the
 * number leaves the vault: a gateway that fails leaves a call on record that did not come about.
 * Refusals: those of a look, identity/no-phone, call/not-connected.
 */
export async function callReporter(
  town: Town,
  by: Officer,
  at: Date,
  what: CallReporter & { readonly gateway: CallGateway },
): Promise<void> {
  const phone = await transact(town, async (town) => {
    refuse(await whyNotLookAt(town, by, what.report));
    const identity = await openIdentity(town, what.report);
    if (identity === null || identity.phone === "") throw new Refusal("identity/no-phone");
    await recordLook(town, by, at, { report: what.report, reasonClass: what.reasonClass, reason: what.reason, kind: "call" });
    return identity.phone;
  });
  if (!(await what.gateway.connect({ town: town.id, call: newId(at), caller: what.line, callee: phone })))
    throw new Refusal("call/not-connected");
}
