import { z } from "zod";
import { RESIDENT } from "#audit/append-event";
import { dayOf } from "#platform/instant";
import { id } from "#platform/text";
import { noteChanged } from "#platform/settling";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { identityFields, IDENTITY_FIELDS } from "./identity.ts";
import { keepIdentity } from "./keep-identity.ts";
import { beginHolding, endHolding } from "./lock-holding.ts";
import { openIdentity } from "./open-identity.ts";

export const CorrectIdentity = z.object({ report: id, ...identityFields });
export type CorrectIdentity = z.infer<typeof CorrectIdentity>;

/**
 * The reporter says anew who they are; an empty field is no longer held. The door made sure that who asks holds the receipt code.
 * Of two at once the second waits for the first and is judged by what it left: the last one stands, and both are told in the log.
 */
export async function correctIdentity(town: Town, at: Date, what: CorrectIdentity): Promise<void> {
  await transact(town, async (town) => {
    noteChanged(town, what.report); // whether its reporter can be asked hangs on what is held
    await beginHolding(town, what.report, dayOf(at));
    const held = await openIdentity(town, what.report);
    const changed = IDENTITY_FIELDS.filter((field) => (held?.[field] ?? "") !== what[field]);
    if (changed.length > 0) {
      await town.db
        .deleteFrom("vault.field")
        .where("town", "=", town.id)
        .where("report", "=", what.report)
        .where("kind", "in", changed)
        .execute();
      await keepIdentity(town, at, { report: what.report, identity: what });
      await appendEvent(town, RESIDENT, at, {
        verb: "identity.corrected",
        subject: { kind: "report", id: what.report },
        facts: { fields: changed },
      });
    }
    if (IDENTITY_FIELDS.every((field) => what[field] === "")) await endHolding(town, what.report);
  });
}
