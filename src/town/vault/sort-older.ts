import { z } from "zod";
import { batchAfterBatch, eachByItself } from "#platform/each-by-itself";
import { unseal } from "#platform/seal";
import { transact, type Db, type Town } from "#platform/town";
import { keepIdentity } from "./keep-identity.ts";

const Kept = z.object({ name: z.string(), phone: z.string() });
const AT_ONCE = 500;

/** The towns that still have contacts sealed whole. */
export async function townsToSort(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom("vault.unsorted").select("town").distinct().execute()).map(({ town }) => town);
}

type Unsorted = { readonly report: string; readonly sealed: Buffer };

/**
 * Contacts that an earlier version sealed whole become fields, until none is left; one that cannot be opened is left as it is and holds up
 * no other. Done again after a crash it does no harm: a row leaves with the same commit that keeps its fields.
 */
export async function sortOlder(town: Town, at: Date): Promise<void> {
  const unsorted = batchAfterBatch<Unsorted>(AT_ONCE, (after) =>
    town.db
      .selectFrom("vault.unsorted")
      .select(["report", "sealed"])
      .where("town", "=", town.id)
      .$if(after !== null, (rows) => rows.where("report", ">", after?.report ?? ""))
      .orderBy("report")
      .limit(AT_ONCE)
      .execute(),
  );
  await eachByItself(unsorted, "sort identities of an earlier version", (one) => sort(town, at, one));
}

async function sort(town: Town, at: Date, { report, sealed }: Unsorted): Promise<boolean> {
  const text = unseal(town.keys.for("vault"), sealed, `identity/${town.id}/${report}`);
  if (text === null) throw new Error(`couldn't open the identity of report ${report}: sealed under another key, or changed`);
  const identity = { ...Kept.parse(JSON.parse(text)), email: "", wechat: "", address: "" };
  return transact(town, async (town) => {
    await keepIdentity(town, at, { report, identity });
    await town.db.deleteFrom("vault.unsorted").where("town", "=", town.id).where("report", "=", report).execute();
    return true;
  });
}
