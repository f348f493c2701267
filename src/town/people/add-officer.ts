import { z } from "zod";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { choice, id, line, optionalLine } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { keepPassword } from "./credential.ts";
import { appendEvent } from "./events.ts";
import { grantDuty } from "./grant-duty.ts";
import { lockTown } from "./lock-town.ts";
import { login } from "./login.ts";
import { asActor, DUTIES, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const AddOfficer = z.object({
  login,
  name: line(40),
  titleZh: optionalLine(60),
  titleEn: optionalLine(120),
  unit: id,
  duties: z.array(choice(DUTIES)).default([]),
});
export type AddOfficer = z.infer<typeof AddOfficer>;

/** `hash` null: no password yet. */
type Added = AddOfficer & { readonly hash: string | null };

/**
 * Adds an officer. Accounts are the system admin's. Duties, and a password to be changed at the first sign-in (by its `hash`), come with
 * the account only at set-up and from the command line (`by` null): later the security admin grants them, the password too, of which the
 * two hand out one half each (ask-temporary-password.ts). Returns the officer's id.
 */
export async function addOfficer(town: Town, by: Officer | null, at: Date, what: Added): Promise<string> {
  if (by !== null) {
    const wantsMore = what.duties.length > 0 || what.hash !== null;
    refuse(whyNotDuty(by, "system_admin") ?? (wantsMore ? "officer/not-allowed" : null));
  }
  return transact(town, async (town) => {
    await lockTown(town);
    if ((await listUnits(town)).find((unit) => unit.id === what.unit)?.retired !== false) throw new Refusal("unit/unknown");
    const officer = newId(at);
    await town.db
      .insertInto("people.officer")
      .values({
        town: town.id,
        id: officer,
        unit: what.unit,
        name: what.name,
        title_zh: what.titleZh,
        title_en: what.titleEn,
        added_at: at,
        added_by: by?.id ?? null,
      })
      .execute();
    const opened = await town.db
      .insertInto("people.account")
      .values({ town: town.id, id: officer, kind: "officer", officer, login: what.login, opened_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (opened === undefined) throw new Refusal("officer/login-taken");
    if (what.hash !== null) await keepPassword(town, officer, at, { hash: what.hash, setBy: null });
    await appendEvent(town, by === null ? SYSTEM : asActor(by), at, {
      verb: "officer.added",
      subject: { kind: "officer", id: officer },
      facts: { unit: what.unit },
      words: { name: what.name, login: what.login, title: what.titleZh, titleEn: what.titleEn },
    });
    for (const duty of what.duties) await grantDuty(town, by, at, { officer, version: null, duty });
    return officer;
  });
}
