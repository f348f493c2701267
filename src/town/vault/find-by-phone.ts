import { THE_TOWN } from "#audit/the-town";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import type { ReasonClass } from "./record-look.ts";
import { phoneMarks, sealReason } from "./seal-identity.ts";

/** The reports a number left, newest first, by its keyed hash: no field is opened. */
export async function findByPhone(town: Town, phone: string): Promise<readonly string[]> {
  const rows = await town.db
    .selectFrom("vault.field")
    .select("report")
    .where("town", "=", town.id)
    .where("mark", "in", phoneMarks(town, phone))
    .orderBy("report", "desc")
    .execute();
  return rows.map(({ report }) => report);
}

/** A search that was made: how many reports it showed, and why it was needed. */
export type Search = { readonly found: number; readonly reasonClass: ReasonClass; readonly reason: string };

/**
 * That an officer searched is an event, because whoever knows a number learns by it whether that person reported. The number is in
 * none of it; the written reason is sealed.
 */
export async function recordSearch(town: Town, by: Officer, at: Date, { found, reasonClass, reason }: Search): Promise<void> {
  const search = newId(at);
  await transact(town, async (town) => {
    await town.db
      .insertInto("vault.search")
      .values({
        town: town.id,
        id: search,
        searched_by: by.id,
        searched_at: at,
        found,
        reason_class: reasonClass,
        sealed_reason: sealReason(town, search, reason),
      })
      .execute();
    await appendEvent(town, asActor(by), at, { verb: "identity.searched", subject: THE_TOWN, facts: { found, reasonClass } });
  });
}
