import type { z } from "zod";
import { addOfficer } from "#people/add-officer";
import { login } from "#people/login";
import { AddTown, addTown } from "#people/add-town";
import { addUnit } from "#people/add-unit";
import type { Duty } from "#people/officer";
import { makeTemporary } from "#people/password";
import { line } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { furnishTown } from "#limits/furnish-town";

/** Who a town cannot begin without: three separate hands (GB/T 22239-2019 §8.1.4.2), and somebody who does the work. */
export const HANDS = ["system_admin", "security_admin", "auditor", "office"] as const;
export type Hand = (typeof HANDS)[number];

const DUTIES: Record<Hand, readonly Duty[]> = {
  system_admin: ["system_admin"],
  security_admin: ["security_admin"],
  auditor: ["auditor"],
  office: ["clerk", "office"],
};

const name = line(40);

export const SetUpTown = AddTown.pick({ nameZh: true, nameEn: true, prefix: true }).extend({
  unit: line(60),
  system_admin_name: name,
  system_admin_login: login,
  security_admin_name: name,
  security_admin_login: login,
  auditor_name: name,
  auditor_login: login,
  office_name: name,
  office_login: login,
});
export type SetUpTown = z.output<typeof SetUpTown>;

export type FirstOfficer = { readonly hand: Hand; readonly name: string; readonly login: string; readonly password: string };

const PASSWORD_LENGTH = 12;

/** The first town is known by its prefix. */
export function townIdOf({ prefix }: Pick<SetUpTown, "prefix">): string {
  return prefix.toLowerCase();
}

/** Makes the first town with its first officers, all or nothing; their temporary passwords are in the answer and nowhere else. */
export async function setUpTown(place: Omit<Town, "id">, at: Date, what: SetUpTown): Promise<readonly FirstOfficer[]> {
  const officers = await Promise.all(
    HANDS.map(async (hand) => ({
      hand,
      name: what[`${hand}_name`],
      login: what[`${hand}_login`],
      ...(await makeTemporary(PASSWORD_LENGTH, "")),
    })),
  );
  return transact({ ...place, id: townIdOf(what) }, async ({ id, db }) => {
    const town = await addTown({ ...place, db }, at, { id, nameZh: what.nameZh, nameEn: what.nameEn, prefix: what.prefix, demo: false });
    await furnishTown(town, at);
    const unit = await addUnit(town, null, at, { nameZh: what.unit, nameEn: what.unit, kind: "department", parent: null });
    for (const { hand, name, login, hash } of officers)
      await addOfficer(town, null, at, { name, login, titleZh: "", titleEn: "", unit, duties: [...DUTIES[hand]], hash });
    return officers;
  });
}
