import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { choice, id, paragraph } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockHolding } from "./lock-holding.ts";
import { sealReason } from "./seal-identity.ts";

/** Why a look is needed; the class is public, the written reason is not. */
export const REASON_CLASSES = ["call-back", "clarify", "danger", "authority", "receipt", "other"] as const;
export type ReasonClass = (typeof REASON_CLASSES)[number];

export const Look = z.object({ report: id, reasonClass: choice(REASON_CLASSES), reason: paragraph(500) });
export type Look = z.infer<typeof Look>;

/** How long a look stays open to the officer who took it. */
export const LOOK_MS = 10 * 60_000;

/**
 * Records that somebody looked, or had the reporter called without seeing the number, before anything is opened. The log tells
 * who, when and the class of the reason, never whom: the event's subject is left out of its leaf, its reason is sealed.
 */
export async function recordLook(town: Town, by: Officer, at: Date, look: Look & { readonly kind: "look" | "call" }): Promise<void> {
  await transact(town, async (town) => {
    // An erasure under way takes the reasons of looks with it: a look waits for it, and finds nothing.
    if (!(await lockHolding(town, look.report))) throw new Refusal("identity/none");
    await town.db
      .insertInto("vault.look")
      .values({
        town: town.id,
        id: newId(at),
        report: look.report,
        kind: look.kind,
        looked_by: by.id,
        looked_at: at,
        open_until: look.kind === "look" ? new Date(at.getTime() + LOOK_MS) : null,
        reason_class: look.reasonClass,
        sealed_reason: sealReason(town, look.report, look.reason),
      })
      .execute();
    await appendEvent(town, asActor(by), at, {
      verb: look.kind === "look" ? "identity.looked-at" : "identity.called",
      subject: { kind: "report", id: look.report },
      facts: { reasonClass: look.reasonClass },
    });
  });
}
