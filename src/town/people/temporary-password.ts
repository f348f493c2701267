import { newId } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import { seal, unseal } from "#platform/seal";
import type { Town } from "#platform/town";
import { Refusal, type RefusalCode } from "#refusals";
import { whyNotDuty, type Officer } from "./officer.ts";
import { hashPassword, temporaryHalf } from "./password.ts";

/** A half waits so long for the other; after that it is asked for again. */
const WAITS_MS = 3 * DAY_MS;

/** Somebody asked for a temporary password of this account, and nobody has granted or refused it yet. */
export type Asked = { readonly id: string; readonly account: string; readonly askedBy: string; readonly askedAt: Date };

/** Whether the officer may ask for a temporary password: of an account that is open, and never for themselves. */
export function whyNotAsk(by: Officer, officer: { readonly id: string; readonly disabledAt: Date | null }): RefusalCode | null {
  if (by.id === officer.id) return whyNotDuty(by, "system_admin") ?? "officer/self";
  return whyNotDuty(by, "system_admin") ?? (officer.disabledAt === null ? null : "officer/disabled");
}

/** Whether the officer may decide on one that was asked for: a second administrator, and never for themselves. */
export function whyNotDecide(by: Officer, officer: Pick<Officer, "id">, asked: Asked | null): RefusalCode | null {
  const no = whyNotDuty(by, "security_admin") ?? (by.id === officer.id ? "officer/self" : null);
  if (no !== null) return no;
  if (asked === null) return "temporary-password/none-asked";
  return asked.askedBy === by.id ? "officer/self" : null;
}

export async function findAsked(town: Town, account: string, at: Date): Promise<Asked | null> {
  return (await waiting(town, at).where("account", "=", account).executeTakeFirst()) ?? null;
}

/** All that wait for a security administrator, the oldest first. */
export async function listAsked(town: Town, at: Date): Promise<readonly Asked[]> {
  return waiting(town, at).orderBy("id").execute();
}

/** Keeps the first half until somebody decides; one that waits already gives way. */
export async function keepAsked(town: Town, account: string, at: Date, { half, by }: { half: string; by: string }): Promise<void> {
  await endAsked(town, account, at, { by, outcome: "replaced" });
  const id = newId(at);
  const sealed = seal(town.keys.for("sign-in"), half, boundTo(town, account, id));
  await town.db
    .insertInto("people.temporary_password")
    .values({ town: town.id, id, account, half: sealed, asked_at: at, asked_by: by })
    .execute();
}

/** Ends what waits for this account, and forgets its half. */
export async function endAsked(
  town: Town,
  account: string,
  at: Date,
  { by, outcome }: { readonly by: string; readonly outcome: "granted" | "refused" | "replaced" },
): Promise<void> {
  await town.db
    .updateTable("people.temporary_password")
    .set({ half: null, ended_at: at, ended_by: by, outcome })
    .where("town", "=", town.id)
    .where("account", "=", account)
    .where("ended_at", "is", null)
    .execute();
}

/** A second half for what was asked, and the hash of both together: made before the transaction that keeps it. */
export async function makeSecondHalf(
  town: Town,
  asked: Asked,
  what: { readonly passwordLength: number; readonly who: string },
): Promise<{ readonly half: string; readonly hash: string }> {
  const row = await town.db
    .selectFrom("people.temporary_password")
    .select("half")
    .where("town", "=", town.id)
    .where("id", "=", asked.id)
    .executeTakeFirst();
  if (row === undefined || row.half === null) throw new Refusal("temporary-password/none-asked");
  const first = unseal(town.keys.for("sign-in"), row.half, boundTo(town, asked.account, asked.id));
  if (first === null) throw new Error("couldn't open the first half of a temporary password: it was sealed under another key");
  const half = temporaryHalf(what.passwordLength);
  return { half, hash: await hashPassword(`${first}-${half}`, what.who) };
}

/** The two who handed out the present password of an account, and when; null when its holder chose it, or the command line made it. */
export async function findHandedOut(
  town: Town,
  account: string,
): Promise<{ readonly askedBy: string; readonly grantedBy: string; readonly grantedAt: Date } | null> {
  const row = await town.db
    .selectFrom("people.temporary_password as t")
    .innerJoin("people.credential as c", (join) =>
      join.onRef("c.town", "=", "t.town").onRef("c.account", "=", "t.account").onRef("c.set_at", "=", "t.ended_at"),
    )
    .select(["t.asked_by", "t.ended_by", "t.ended_at"])
    .where("t.town", "=", town.id)
    .where("t.account", "=", account)
    .where("t.outcome", "=", "granted")
    .executeTakeFirst();
  if (row === undefined || row.ended_by === null || row.ended_at === null) return null;
  return { askedBy: row.asked_by, grantedBy: row.ended_by, grantedAt: row.ended_at };
}

function waiting(town: Town, at: Date) {
  return town.db
    .selectFrom("people.temporary_password")
    .select(["id", "account", "asked_by as askedBy", "asked_at as askedAt"])
    .where("town", "=", town.id)
    .where("ended_at", "is", null)
    .where("asked_at", ">", new Date(at.getTime() - WAITS_MS));
}

function boundTo(town: Town, account: string, id: string): string {
  return `${town.id}/${account}/temporary-password/${id}`;
}
