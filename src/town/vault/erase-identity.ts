import type { Actor } from "#audit/append-event";
import { noteChanged } from "#platform/settling";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import { endHolding, lockHolding } from "./lock-holding.ts";

/** Asked for by the reporter, or due because the matter ended long enough ago. */
export type EraseIdentity = { readonly report: string; readonly because: "asked" | "retention" };

/**
 * Erases who sent a report, its phone's mark and what officers wrote about looking, at once; whether anything was held. The log
 * keeps that something was erased and a commitment to the report's handle, which its reporter alone can open.
 */
export async function eraseIdentity(town: Town, by: Actor, at: Date, what: EraseIdentity): Promise<boolean> {
  const { report, because } = what;
  return transact(town, async (town) => {
    noteChanged(town, what.report); // whether its reporter can be asked hangs on what is held
    if (!(await lockHolding(town, report))) return false;
    const fields = await town.db
      .deleteFrom("vault.field")
      .where("town", "=", town.id)
      .where("report", "=", report)
      .returning("kind")
      .execute();
    await endHolding(town, report);
    if (fields.length === 0) return false;
    await town.db
      .updateTable("vault.look")
      .set({ sealed_reason: Buffer.alloc(0), open_until: null })
      .where("town", "=", town.id)
      .where("report", "=", report)
      .execute();
    const event = await appendEvent(town, by, at, {
      verb: "identity.erased",
      subject: { kind: "report", id: report },
      facts: { because, fields: fields.map(({ kind }) => kind).sort() },
      words: { report },
    });
    await town.db.insertInto("vault.erasure").values({ town: town.id, report, erased_at: at, because, event }).execute();
    return true;
  });
}
