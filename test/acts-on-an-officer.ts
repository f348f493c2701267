import { addOfficer } from "#people/add-officer";
import { addUnit } from "#people/add-unit";
import { addVillage } from "#people/add-village";
import { changeOfficer } from "#people/change-officer";
import { changePassword } from "#people/change-password";
import { changeUnit } from "#people/change-unit";
import { changeVillage } from "#people/change-village";
import { disableOfficer } from "#people/disable-officer";
import { enableOfficer } from "#people/enable-officer";
import { enterCode } from "#people/enter-code";
import { grantDuty } from "#people/grant-duty";
import { proposeTotp } from "#people/propose-totp";
import { removeTotp } from "#people/remove-totp";
import { resetPassword } from "#people/reset-password";
import { retireUnit } from "#people/retire-unit";
import { retireVillage } from "#people/retire-village";
import { revokeDuty } from "#people/revoke-duty";
import { setTotp } from "#people/set-totp";
import { signIn } from "#people/sign-in";
import { signOut } from "#people/sign-out";
import { unlockOfficer } from "#people/unlock-officer";
import type { Town } from "#platform/town";
import { aProblem } from "#test/desk";
import { PASSWORD, PASSWORD_HASH, type ATown } from "#test/town";

/** The officer whom every act below is about is the handler of the cast. */
export type Account = { readonly t: ATown; readonly town: Town; readonly at: Date };

type Acts = Readonly<Record<string, (account: Account) => Promise<unknown>>>;

const VERSION = { version: null };
const NEW_UNIT = { nameZh: "乡村振兴办", nameEn: "Rural", kind: "department" as const };
const VILLAGE = { nameZh: "西岭村", nameEn: "Xiling Village", code: null, lon: null, lat: null };

/** A second step begun, and wrong codes enough to lock it. */
export async function anAccount(t: ATown, at: Date): Promise<Account> {
  const { town, cast } = t;
  await proposeTotp(town, cast.wuJie, at, { issuer: "示例镇" });
  for (let tried = 0; tried < 5; tried += 1) await enterCode(town, cast.wuJie, at, { code: "000000", token: "none" });
  return { t, town, at };
}

export const FORMS_ON_AN_OFFICER: Acts = {
  add: ({ t, town, at }) =>
    addOfficer(town, t.cast.zhouXi, at, {
      login: `new${Math.floor(at.getTime() % 1000)}`,
      name: "新人",
      titleZh: "",
      titleEn: "",
      unit: t.units.rural,
      duties: [],
      hash: PASSWORD_HASH,
    }),
  disable: ({ t, town, at }) => disableOfficer(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION }),
  enable: ({ t, town, at }) => enableOfficer(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION }),
  change: ({ t, town, at }) =>
    changeOfficer(town, t.cast.zhouXi, at, {
      officer: t.cast.wuJie.id,
      ...VERSION,
      name: "吴洁",
      titleZh: "",
      titleEn: "",
      unit: t.units.sanitation,
    }),
  grant: ({ t, town, at }) => grantDuty(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION, duty: "clerk" }),
  revoke: ({ t, town, at }) => revokeDuty(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION, duty: "clerk" }),
  unlock: ({ t, town, at }) => unlockOfficer(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION }),
  "reset the password": ({ t, town, at }) =>
    resetPassword(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION, hash: PASSWORD_HASH }),
  "begin a second step": ({ t, town, at }) => proposeTotp(town, t.cast.wuJie, at, { issuer: "示例镇" }),
  "set the second step": ({ t, town, at }) => setTotp(town, t.cast.wuJie, at, { code: "000000" }),
  "enter a code": ({ t, town, at }) => enterCode(town, t.cast.wuJie, at, { code: "000000", token: "none" }),
  "sign out": ({ t, town, at }) => signOut(town, t.cast.wuJie, at, { token: "none" }),
  "add a unit": ({ t, town, at }) => addUnit(town, t.cast.zhouXi, at, { ...NEW_UNIT, parent: t.units.government }),
  "change the unit": ({ t, town, at }) =>
    changeUnit(town, t.cast.zhouXi, at, { ...NEW_UNIT, ...VERSION, unit: t.units.rural, parent: t.units.government }),
  "retire the unit": ({ t, town, at }) => retireUnit(town, t.cast.zhouXi, at, { unit: t.units.rural, ...VERSION }),
  "add a village": ({ t, town, at }) => addVillage(town, t.cast.zhouXi, at, VILLAGE),
  "change a village": ({ t, town, at }) => changeVillage(town, t.cast.zhouXi, at, { ...VILLAGE, ...VERSION, village: t.villages.xiling }),
  "retire a village": ({ t, town, at }) => retireVillage(town, t.cast.zhouXi, at, { village: t.villages.xiling, ...VERSION }),
  "open a problem": ({ t, town, at }) => aProblem({ ...t, town }, 0, at),
};

const FROM = { login: "wujie", address: "192.0.2.7", vouchers: [] };

/** A password is hashed before any transaction: these begin their own. */
export const ALONE_ON_AN_OFFICER: Acts = {
  "sign in": ({ town, at }) => signIn(town, at, { ...FROM, password: PASSWORD }),
  "sign in wrongly": ({ town, at }) => signIn(town, at, { ...FROM, password: "wrong" }),
  "change the password": ({ t, town, at }) =>
    changePassword(town, t.cast.wuJie, at, { present: PASSWORD, chosen: "Shili-2027!", keeping: "none" }),
  "take the second step away": ({ t, town, at }) => removeTotp(town, t.cast.wuJie, at, { present: PASSWORD }),
};
