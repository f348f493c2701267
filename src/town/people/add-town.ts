import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { THE_POLICY, THE_TOWN } from "#audit/the-town";
import { codeName, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { appendEvent } from "./events.ts";
import { readPolicy } from "./policy.ts";

export const AddTown = z.object({
  id: codeName(/^[a-z][a-z0-9-]{1,30}$/, "login/impossible"),
  nameZh: line(40),
  nameEn: optionalLine(80),
  /** Stands before every number, `SL` in SL-2026-0007; never changes. */
  prefix: codeName(/^[A-Z]{2,6}$/, "prefix/impossible", (typed) => typed.toUpperCase()),
  host: codeName(/^[a-z0-9.-]{1,253}$/, "text/not-text", (typed) => typed.toLowerCase()).exactOptional(),
  demo: z.boolean(),
});
export type AddTown = z.infer<typeof AddTown>;

/** Adds a town with the usual figures of its policy, bare else: limits/furnish-town gives it what every town starts with. */
export async function addTown(place: Omit<Town, "id">, at: Date, what: AddTown): Promise<Town> {
  return transact({ ...place, id: what.id }, async (town) => {
    const added = await town.db
      .insertInto("people.town")
      .values({
        town: what.id,
        name_zh: what.nameZh,
        name_en: what.nameEn,
        prefix: what.prefix,
        host: what.host ?? null,
        demo: what.demo,
        added_at: at,
      })
      .onConflict((conflict) => conflict.doNothing()) // the id or the host name is another town's
      .returning("town")
      .executeTakeFirst();
    if (added === undefined) throw new Refusal("town/id-taken");
    if (what.host === undefined && (await isAnotherNameless(town))) throw new Refusal("town/host-missing");
    await appendEvent(town, SYSTEM, at, {
      verb: "town.added",
      subject: THE_TOWN,
      facts: { prefix: what.prefix, demo: what.demo },
      words: { name: what.nameZh, nameEn: what.nameEn },
    });
    await beginPolicy(town, at);
    return { ...place, id: what.id };
  });
}

/** The usual figures, which stand in the table's defaults. */
async function beginPolicy(town: Town, at: Date): Promise<void> {
  await town.db.insertInto("people.policy").values({ town: town.id }).execute();
  const { lookBackDays, ...figures } = await readPolicy(town);
  const facts = { ...figures, lookBackDays: [...lookBackDays] };
  await appendEvent(town, SYSTEM, at, { verb: "policy.changed", subject: THE_POLICY, facts });
}

/** The first town answers where no host name asks for another: a second one without a name nobody could reach. */
async function isAnotherNameless(town: Town): Promise<boolean> {
  const another = town.db.selectFrom("people.town").select("town").where("host", "is", null).where("town", "<>", town.id);
  return (await another.limit(1).executeTakeFirst()) !== undefined;
}
