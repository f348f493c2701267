import type { Town } from "#platform/town";
import type { RefusalCode } from "#refusals";
import { whyNotDuty, type Officer } from "./officer.ts";

/** Which identity at the provider opens an account, once it is granted. `issuer` stands without a slash at its end. */
export type BoundSubject = {
  readonly id: string;
  readonly account: string;
  readonly issuer: string;
  readonly subject: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly grantedAt: Date | null;
};

/** Whether the officer may grant a binding that was asked for: a second administrator, and never their own. */
export function whyNotGrantBinding(by: Officer, officer: Pick<Officer, "id">, bound: BoundSubject | null): RefusalCode | null {
  const no = whyNotDuty(by, "security_admin") ?? (by.id === officer.id ? "officer/self" : null);
  if (no !== null) return no;
  if (bound === null || bound.grantedAt !== null) return "subject/none-asked";
  return bound.askedBy === by.id ? "officer/self" : null;
}

/** What is bound to an account now, or waits to be. */
export async function findBound(town: Town, account: string): Promise<BoundSubject | null> {
  return (await standing(town).where("account", "=", account).executeTakeFirst()) ?? null;
}

/** The binding of an identity that was granted. */
export async function findBySubject(
  town: Town,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<BoundSubject | null> {
  const row = await standing(town)
    .where("issuer", "=", identity.issuer)
    .where("subject", "=", identity.subject)
    .where("granted_at", "is not", null)
    .executeTakeFirst();
  return row ?? null;
}

function standing(town: Town) {
  return town.db
    .selectFrom("people.bound_subject")
    .select(["id", "account", "issuer", "subject", "asked_by as askedBy", "asked_at as askedAt", "granted_at as grantedAt"])
    .where("town", "=", town.id)
    .where("ended_at", "is", null);
}
