import { sql } from "kysely";
import { takeInOrder } from "#platform/lock-order";
import { transact, type Db, type Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { settleWaiting } from "./settle-waiting.ts";

/** Moves when rows would come out otherwise than they lie there: the next start writes them all anew. */
const RULES = 3;

const AT_ONCE = 500;

/** Towns whose rows an earlier version left, or never wrote. */
export async function townsToSettle(db: Db): Promise<readonly string[]> {
  const towns = await db
    .selectFrom("people.town as t")
    .leftJoin("office.settled as s", (join) => join.onRef("s.town", "=", "t.town").on("s.rules", "=", RULES).on("s.up_to", "is", null))
    .select("t.town")
    .where("s.town", "is", null)
    .execute();
  return towns.map(({ town }) => town);
}

/**
 * Writes anew what every problem of the town waits for, so many at a time, and goes on where an earlier run broke off. Who acts on a
 * problem meanwhile is waited for, and waits for one batch at most.
 */
export async function settleTown(town: Town): Promise<void> {
  await untilNoneIsLeft(AT_ONCE, () => settleNext(town));
}

/** The same from the first problem on, whatever was settled before. */
export async function settleTownAgain(town: Town): Promise<void> {
  await town.db.deleteFrom("office.settled").where("town", "=", town.id).execute();
  await settleTown(town);
}

async function settleNext(town: Town): Promise<number> {
  return transact(town, async (town) => {
    takeInOrder("problem");
    const after = await settledUpTo(town);
    const next = await town.db
      .selectFrom("ledger.problem")
      .select("id")
      .where("town", "=", town.id)
      .$if(after !== null, (query) => query.where("id", ">", after))
      .orderBy("id")
      .limit(AT_ONCE)
      .forNoKeyUpdate()
      .execute();
    await settleWaiting(
      town,
      await thoseThatWait(
        town,
        next.map(({ id }) => id),
      ),
    );
    const upTo = next.length < AT_ONCE ? null : (next.at(-1)?.id ?? null);
    const row = { rules: RULES, up_to: upTo };
    await town.db
      .insertInto("office.settled")
      .values({ town: town.id, ...row })
      .onConflict((conflict) => conflict.column("town").doUpdateSet(row))
      .execute();
    return next.length;
  });
}

/** Of these the ones that may wait for something, or whose rows say so: most of a long ledger is struck off, and looked at only here. */
async function thoseThatWait(town: Town, problems: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select p.id from ledger.problem p where p.town = ${town.id} and p.id = any (${problems}::uuid[]) and (
      p.status not in ('closed', 'dismissed')
      or exists (select from verification.look_back l
        where l.town = ${town.id} and l.problem = p.id and l.outcome is null and l.dropped_at is null)
      or exists (select from verification.flag f where f.town = ${town.id} and f.problem = p.id and f.state = 'open')
      or exists (select from ledger.extension x where x.town = ${town.id} and x.problem = p.id and x.decision is null)
      or exists (select from ledger.suspension s where s.town = ${town.id} and s.problem = p.id and s.decision is null)
      or exists (select from ledger.dismissal d where d.town = ${town.id} and d.problem = p.id and d.decision is null)
      or exists (select from office.waiting w where w.town = ${town.id} and w.problem = p.id))`.execute(town.db);
  return new Set(rows.map(({ id }) => id));
}

/** The last problem that an unfinished run of these rules settled; null to begin with the first. */
async function settledUpTo(town: Town): Promise<string | null> {
  const row = await town.db
    .selectFrom("office.settled")
    .select("up_to")
    .where("town", "=", town.id)
    .where("rules", "=", RULES)
    .executeTakeFirst();
  return row?.up_to ?? null;
}
