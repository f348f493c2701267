import { z } from "zod";
import { transact, type Town } from "#platform/town";
import { whyNotDuty, type Officer } from "#people/officer";
import { refuse } from "#refusals";
import { columnsIn, LEDGER_COLUMNS } from "./ledger-columns.ts";

export const ChooseColumns = z.object({ columns: z.array(z.enum(LEDGER_COLUMNS, { error: "text/missing" })).transform(columnsIn) });
export type ChooseColumns = z.infer<typeof ChooseColumns>;

/** Keeps which columns an officer sees of the ledger. It concerns their own screen and is no event (decision 0082). */
export async function chooseColumns(town: Town, by: Officer, _at: Date, { columns }: ChooseColumns): Promise<void> {
  refuse(whyNotDuty(by, "clerk", "handler", "leader", "office", "secretary", "verifier"));
  await transact(town, async ({ db, id }) => {
    await db
      .insertInto("office.chosen_columns")
      .values({ town: id, officer: by.id, list: "ledger", columns: [...columns] })
      .onConflict((kept) => kept.columns(["town", "officer", "list"]).doUpdateSet({ columns: [...columns] }))
      .execute();
  });
}
