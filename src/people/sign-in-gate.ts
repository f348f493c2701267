import { createHmac } from "node:crypto";
import { transact, type Town } from "#platform/town";
import type { SignInFigures } from "./sign-in-figures.ts";

/** What tries are counted by: the login typed, the address it came from, or the officer whose code was typed. */
export type Counted = { readonly kind: "login" | "address" | "code"; readonly of: string };

/**
 * Takes a try before the password is looked at, so that many sent at once cannot all slip through while none has failed yet.
 * Null when it may be made; else the instant from which one may try again. A try that was right is given back by `forgive`.
 */
export async function whyNotTry(town: Town, figures: SignInFigures, at: Date, counted: readonly Counted[]): Promise<Date | null> {
  return transact(town, async (town) => {
    const waits: (Date | null)[] = [];
    for (const one of inOrder(counted)) waits.push(await takeTry(town, figures, at, one));
    return waits.reduce((latest, wait) => (wait !== null && (latest === null || wait > latest) ? wait : latest), null);
  });
}

/** Records that the try was wrong; returns whether it was one too many, which locks. */
export async function lockAfter(town: Town, figures: SignInFigures, at: Date, counted: readonly Counted[]): Promise<boolean> {
  let locked = false;
  for (const one of inOrder(counted)) {
    const { numUpdatedRows } = await rowsOf(town, one)
      .set({ locked_until: new Date(at.getTime() + figures.lockMinutes * 60_000) })
      .where("tries", ">=", figures.failures)
      .where("locked_until", "is", null)
      .executeTakeFirst();
    locked ||= numUpdatedRows > 0n;
  }
  return locked;
}

export async function forgive(town: Town, counted: readonly Counted[]): Promise<void> {
  for (const one of inOrder(counted)) await rowsOf(town, one).set({ tries: 0, locked_until: null }).execute();
}

/** Counts up; a count whose last try is older than a lock lasts, or whose lock is over, begins again. Locks the row until commit. */
async function takeTry(town: Town, figures: SignInFigures, at: Date, one: Counted): Promise<Date | null> {
  const forgotten = new Date(at.getTime() - figures.lockMinutes * 60_000);
  const row = await town.db
    .insertInto("people.sign_in_gate")
    .values({ town: town.id, kind: one.kind, key: keyOf(town, one), tries: 1, last_tried_at: at })
    .onConflict((conflict) =>
      conflict.columns(["town", "kind", "key"]).doUpdateSet((eb) => ({
        tries: eb
          .case()
          .when(eb("people.sign_in_gate.locked_until", ">", at))
          .then(eb.ref("people.sign_in_gate.tries"))
          .when(eb.or([eb("people.sign_in_gate.locked_until", "<=", at), eb("people.sign_in_gate.last_tried_at", "<=", forgotten)]))
          .then(1)
          .else(eb("people.sign_in_gate.tries", "+", 1))
          .end(),
        last_tried_at: at,
        locked_until: eb
          .case()
          .when(eb("people.sign_in_gate.locked_until", ">", at))
          .then(eb.ref("people.sign_in_gate.locked_until"))
          .else(null)
          .end(),
      })),
    )
    .returning(["tries", "locked_until"])
    .executeTakeFirstOrThrow();
  if (row.locked_until !== null) return row.locked_until;
  return row.tries > figures.failures ? new Date(at.getTime() + figures.lockMinutes * 60_000) : null;
}

function rowsOf(town: Town, one: Counted) {
  return town.db
    .updateTable("people.sign_in_gate")
    .where("town", "=", town.id)
    .where("kind", "=", one.kind)
    .where("key", "=", keyOf(town, one));
}

/** Always the same order: two sign-ins that share a login and an address never wait for each other in a circle. */
function inOrder(counted: readonly Counted[]): readonly Counted[] {
  return [...counted].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

function keyOf(town: Town, one: Counted): Buffer {
  return createHmac("sha256", town.keys.for("sign-in")).update(`${one.kind}/${one.of.toLowerCase()}`).digest();
}
