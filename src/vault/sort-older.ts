import { z } from "zod";
import { unseal } from "#platform/seal";
import { transact, type Db, type Town } from "#platform/town";
import { keepIdentity } from "./keep-identity.ts";

const Kept = z.object({ name: z.string(), phone: z.string() });
const AT_ONCE = 500;

/** The towns that still have contacts sealed whole. */
export async function townsToSort(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom("vault.unsorted").select("town").distinct().execute()).map(({ town }) => town);
}

/**
 * Contacts that an earlier version sealed whole become fields, some at a time, until none is left. Done again after a crash it
 * does no harm: a row leaves with the same commit that keeps its fields.
 */
export async function sortOlder(town: Town, at: Date): Promise<void> {
  for (;;) {
    const rows = await town.db
      .selectFrom("vault.unsorted")
      .select(["report", "sealed"])
      .where("town", "=", town.id)
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    await transact(town, async (town) => {
      for (const { report, sealed } of rows) {
        const text = unseal(town.keys.for("vault"), sealed, `identity/${town.id}/${report}`);
        if (text === null) throw new Error(`couldn't open the identity of report ${report}: sealed under another key, or changed`);
        const identity = { ...Kept.parse(JSON.parse(text)), email: "", wechat: "", address: "" };
        await keepIdentity(town, at, { report, identity });
        await town.db.deleteFrom("vault.unsorted").where("town", "=", town.id).where("report", "=", report).execute();
      }
    });
  }
}
