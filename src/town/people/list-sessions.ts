import { HOUR_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import type { Account } from "./account.ts";
import type { Comes } from "./user-agent.ts";

/** More than anybody has open; what lies behind is ended with "all others". */
const MOST_LISTED = 50;

export type ListedSession = Comes & {
  readonly id: string;
  readonly address: string;
  readonly begunAt: Date;
  readonly lastSeenAt: Date;
  /** The second step was given too, where there is one. */
  readonly isOpen: boolean;
};

/** The sessions of an account that still open something, the last seen first. */
export async function listSessions(town: Town, account: Account, at: Date): Promise<readonly ListedSession[]> {
  const rows = await (
    await living(town, account, at)
  )
    .select(["id", "address", "browser", "system", "begun_at as begunAt", "last_seen_at as lastSeenAt", "opened_at"])
    .orderBy("last_seen_at", "desc")
    .orderBy("id")
    .limit(MOST_LISTED)
    .execute();
  return rows.map(({ opened_at, ...session }) => ({ ...session, isOpen: opened_at !== null }));
}

/** How many they are: what administrators see of another's. */
export async function countSessions(town: Town, account: Account, at: Date): Promise<number> {
  const { count } = await (await living(town, account, at)).select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  return count;
}

/** Those that `findSession` would find: not idle too long, not too old. */
async function living(town: Town, account: Account, at: Date) {
  const policy = await town.db
    .selectFrom("people.policy")
    .select(["session_idle_minutes as idleMinutes", "session_absolute_hours as hours"])
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
  return town.db
    .selectFrom("people.session")
    .where("town", "=", town.id)
    .where("account", "=", account.id)
    .where("last_seen_at", ">=", new Date(at.getTime() - policy.idleMinutes * 60_000))
    .where("begun_at", ">=", new Date(at.getTime() - policy.hours * HOUR_MS));
}
