import { transact, type Town } from "#platform/town";
import type { Officer } from "#people/officer";

/** Forgets a view of the officer's own; of somebody else's, nothing happens. */
export async function forgetView(town: Town, by: Officer, _at: Date, { view }: { readonly view: string }): Promise<void> {
  await transact(town, async ({ db, id }) => {
    await db.deleteFrom("office.list_view").where("town", "=", id).where("id", "=", view).where("officer", "=", by.id).execute();
  });
}
