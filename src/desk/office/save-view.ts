import { z } from "zod";
import { newId } from "#platform/ids";
import { line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { whyNotDuty, type Officer } from "#people/officer";
import { Refusal, refuse } from "#refusals";
import { MOST_VIEWS, VIEWED_LISTS } from "./list-views.ts";

export const SaveView = z.object({
  list: z.enum(VIEWED_LISTS),
  name: line(40),
  /** What the address of the list asks for, without the `?`. */
  query: z.string({ error: "text/missing" }).max(2000, { error: "text/too-long" }),
});
export type SaveView = z.infer<typeof SaveView>;

/**
 * Keeps a list under a name and returns the id of its address; a view of the same name is what this one says from now on. It concerns
 * the officer's own screen and is no event (decision 0082). Refusal: view/too-many.
 */
export async function saveView(town: Town, by: Officer, at: Date, { list, name, query }: SaveView): Promise<string> {
  refuse(whyNotDuty(by, "clerk", "handler", "leader", "office", "secretary", "verifier"));
  return transact(town, async ({ db, id: town }) => {
    const view = await db
      .insertInto("office.list_view")
      .values({ town, id: newId(at), officer: by.id, list, name, query, saved_at: at })
      .onConflict((same) => same.columns(["town", "officer", "list", "name"]).doUpdateSet({ query, saved_at: at }))
      .returning("id")
      .executeTakeFirstOrThrow();
    const { count } = await db
      .selectFrom("office.list_view")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("town", "=", town)
      .where("officer", "=", by.id)
      .where("list", "=", list)
      .executeTakeFirstOrThrow();
    if (count > MOST_VIEWS) throw new Refusal("view/too-many");
    return view.id;
  });
}
