import { z } from "zod";
import { newId } from "#platform/ids";
import { id, line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeAccount, lockAccount } from "./lock-account.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { findBound } from "./bound-subject.ts";

export const BindSubject = z.object({ officer: id, ...drawnFrom, subject: line(255) });
export type BindSubject = z.infer<typeof BindSubject>;

/**
 * Says which identity at the provider (`issuer`) shall open an officer's account; it does once a security administrator granted it.
 * Refusals: officer/not-allowed, officer/self, subject/bound.
 */
export async function bindSubject(town: Town, by: Officer, at: Date, what: BindSubject & { readonly issuer: string }): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin") ?? (by.id === what.officer ? "officer/self" : null));
    const officer = await lockAccount(town, what);
    if ((await findBound(town, officer.id)) !== null) throw new Refusal("subject/bound");
    const bound = await town.db
      .insertInto("people.bound_subject")
      .values({
        town: town.id,
        id: newId(at),
        account: officer.id,
        issuer: what.issuer,
        subject: what.subject,
        asked_at: at,
        asked_by: by.id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (bound === undefined) throw new Refusal("subject/bound");
    const version = await changeAccount(town, officer, {});
    await appendEvent(town, asActor(by), at, {
      verb: "officer.subject-asked",
      subject: { kind: "officer", id: officer.id },
      facts: { version },
      words: { issuer: what.issuer, subject: what.subject },
    });
  });
}
