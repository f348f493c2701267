import { hmac } from "#platform/hmac";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { untilNoneIsLeft } from "#platform/until-none-is-left";
import { withOneMore, type Count, type Kind } from "./patience.ts";
import type { SignInFigures } from "./sign-in-figures.ts";

/** What failures are counted by. `login` where it is about one, so that unlocking finds it. */
export type Counted = { readonly kind: Kind; readonly of: string; readonly login?: string };

/** How a try ended for the counts. `locks`: it was one too many. */
export type Settled =
  | { readonly ended: "right" }
  | { readonly ended: "wrong"; readonly locks: boolean }
  | { readonly ended: "locked"; readonly until: Date };

/** Somebody with an account. */
type LogsIn = { readonly id: string; readonly login: string };

/** Asked before a password is hashed: null, or the instant from which one may try again. Takes nothing, so right tries never use it up. */
export async function whyNotTry(town: Town, at: Date, counted: readonly Counted[]): Promise<Date | null> {
  return closedUntil(await rowsOf(town, counted).where("closed_until", ">", at).execute(), at);
}

/**
 * Settles a try whose outcome is known, inside its transaction. The rows stay locked until commit and are always locked in one order,
 * so of many tries sent at once each sees the failures before it: those past the limit are answered "locked" even when they were right.
 */
export async function settleTry(
  town: Town,
  at: Date,
  what: { readonly figures: SignInFigures; readonly counted: readonly Counted[]; readonly right: boolean },
): Promise<Settled> {
  const { figures, counted, right } = what;
  takeInOrder("gate");
  if (!right) await beginCounts(town, at, counted);
  const rows = await rowsOf(town, counted).orderBy("kind").orderBy("key").forUpdate().execute();
  const until = closedUntil(rows, at);
  if (until !== null) return { ended: "locked", until };
  if (right) {
    await forgive(town, counted);
    return { ended: "right" };
  }
  let locks = false;
  for (const row of rows) {
    const count = withOneMore(row, row.kind, figures, at);
    locks ||= row.kind !== "address" && count.closedUntil !== null;
    await town.db
      .updateTable("people.sign_in_gate")
      .set({ failures: count.failures, closed_until: count.closedUntil, ends_at: count.endsAt })
      .where("town", "=", town.id)
      .where("kind", "=", row.kind)
      .where("key", "=", row.key)
      .execute();
  }
  return { ended: "wrong", locks };
}

/** The lock of an officer for everybody but devices that signed in before, or on their second step or password; null when none holds. */
export async function findLock(town: Town, at: Date, officer: LogsIn): Promise<Date | null> {
  const rows = await about(town, officer).where("closed_until", ">", at).select("closed_until").execute();
  return closedUntil(
    rows.map((row) => ({ closedUntil: row.closed_until })),
    at,
  );
}

/** The same of many at once, by id; who is not locked is not there. */
export async function listLocks(town: Town, at: Date, officers: readonly LogsIn[]): Promise<ReadonlyMap<string, Date>> {
  const holders = new Map(officers.flatMap((officer) => keysAbout(town, officer).map((key) => [key.toString("hex"), officer.id] as const)));
  const keys = officers.flatMap((officer) => keysAbout(town, officer));
  if (keys.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("people.sign_in_gate")
    .select(["login", "key", "closed_until as until"])
    .where("town", "=", town.id)
    .where("closed_until", ">", at)
    .where((eb) => eb.or([eb("login", "in", keys), eb.and([eb("kind", "in", ["code", "password"]), eb("key", "in", keys)])]))
    .execute();
  const locks = new Map<string, Date>();
  for (const { login, key, until } of rows) {
    const holder = holders.get((login ?? key).toString("hex"));
    const known = holder === undefined ? undefined : locks.get(holder);
    if (holder !== undefined && until !== null && (known === undefined || known < until)) locks.set(holder, until);
  }
  return locks;
}

/** Forgets every failure about an officer, wherever it came from. */
export async function forgetFailures(town: Town, officer: LogsIn): Promise<void> {
  takeInOrder("gate");
  const keys = await about(town, officer).select(["kind", "key"]).orderBy("kind").orderBy("key").forUpdate().execute();
  for (const { kind, key } of keys)
    await town.db.deleteFrom("people.sign_in_gate").where("town", "=", town.id).where("kind", "=", kind).where("key", "=", key).execute();
}

const SWEPT_AT_ONCE = 5_000;

/** Counts that say nothing any more go, by their index. */
export async function sweepSignInGate(town: Town, at: Date): Promise<void> {
  const over = town.db.selectFrom("people.sign_in_gate").select(["kind", "key"]).where("town", "=", town.id).where("ends_at", "<=", at);
  await untilNoneIsLeft(SWEPT_AT_ONCE, async () => {
    const { numDeletedRows } = await town.db
      .deleteFrom("people.sign_in_gate")
      .where("town", "=", town.id)
      .where((eb) => eb(eb.refTuple("kind", "key"), "in", over.limit(SWEPT_AT_ONCE).forUpdate().skipLocked().$asTuple("kind", "key")))
      .executeTakeFirst();
    return numDeletedRows;
  });
}

/** Rows to lock and count in; one that is new has ended already. */
async function beginCounts(town: Town, at: Date, counted: readonly Counted[]): Promise<void> {
  const rows = counted.map((one) => ({
    town: town.id,
    kind: one.kind,
    key: keyOf(town, one.kind, one.of),
    login: one.login === undefined ? null : keyOf(town, "login", one.login),
    failures: 0,
    ends_at: at,
  }));
  rows.sort((a, b) => (a.kind < b.kind ? -1 : 1));
  await town.db
    .insertInto("people.sign_in_gate")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A right try says nothing about an address: whoever has one right password could else guess others for ever. */
async function forgive(town: Town, counted: readonly Counted[]): Promise<void> {
  for (const one of counted)
    if (one.kind !== "address")
      await town.db
        .deleteFrom("people.sign_in_gate")
        .where("town", "=", town.id)
        .where("kind", "=", one.kind)
        .where("key", "=", keyOf(town, one.kind, one.of))
        .execute();
}

function rowsOf(town: Town, counted: readonly Counted[]) {
  return town.db
    .selectFrom("people.sign_in_gate")
    .select(["kind", "key", "failures", "closed_until as closedUntil", "ends_at as endsAt"])
    .where("town", "=", town.id)
    .where((eb) => eb.or(counted.map(({ kind, of }) => eb.and({ kind, key: keyOf(town, kind, of) }))));
}

function about(town: Town, { id, login }: LogsIn) {
  return town.db
    .selectFrom("people.sign_in_gate")
    .where("town", "=", town.id)
    .where((eb) =>
      eb.or([
        eb("login", "=", keyOf(town, "login", login)),
        eb.and({ kind: "code", key: keyOf(town, "code", id) }),
        eb.and({ kind: "password", key: keyOf(town, "password", id) }),
      ]),
    );
}

/** Under which a lock of theirs stands: by login, by code, by password. */
function keysAbout(town: Town, { id, login }: LogsIn): readonly Buffer[] {
  return [keyOf(town, "login", login), keyOf(town, "code", id), keyOf(town, "password", id)];
}

function closedUntil(rows: readonly Pick<Count, "closedUntil">[], at: Date): Date | null {
  const waits = rows.flatMap(({ closedUntil }) => (closedUntil !== null && closedUntil > at ? [closedUntil] : []));
  return waits.reduce<Date | null>((latest, wait) => (latest === null || wait > latest ? wait : latest), null);
}

function keyOf(town: Town, kind: Kind, of: string): Buffer {
  return hmac(town.keys.for("sign-in"), `${town.id}/${kind}/${of.toLowerCase()}`);
}
