import { partWithOfficer } from "#ledger/part-with-officer";
import { partWithUnit } from "#ledger/part-with-unit";
import { accountOf } from "#people/account";
import { addOfficer } from "#people/add-officer";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { addDevice } from "#people/add-device";
import { addProgram } from "#people/add-program";
import { addUnit } from "#people/add-unit";
import { addVillage } from "#people/add-village";
import { bindSubject } from "#people/bind-subject";
import { changeOfficer } from "#people/change-officer";
import { changePassword } from "#people/change-password";
import { ChangePolicy, changePolicy } from "#people/change-policy";
import { changeTown } from "#people/change-town";
import { changeUnit } from "#people/change-unit";
import { changeVillage } from "#people/change-village";
import { endAllSessions } from "#people/end-all-sessions";
import { endOtherSessions } from "#people/end-other-sessions";
import { endSession } from "#people/end-session";
import { enableOfficer } from "#people/enable-officer";
import { enterCode } from "#people/enter-code";
import { forgetDevice } from "#people/forget-device";
import { freeSubject } from "#people/free-subject";
import { grantDuty } from "#people/grant-duty";
import { grantSubject } from "#people/grant-subject";
import { grantTemporaryPassword } from "#people/grant-temporary-password";
import { knowDevice, listKnownDevices } from "#people/known-device";
import { listDevices, listPrograms } from "#people/list-keys";
import { makeRecoveryCodes } from "#people/make-recovery-codes";
import { proposeTotp } from "#people/propose-totp";
import { recordRestore } from "#people/record-restore";
import { removeTotp } from "#people/remove-totp";
import { refuseTemporaryPassword } from "#people/refuse-temporary-password";
import { resetPassword } from "#people/reset-password";
import { retireVillage } from "#people/retire-village";
import { revokeDevice } from "#people/revoke-device";
import { revokeDuty } from "#people/revoke-duty";
import { revokeProgram } from "#people/revoke-program";
import { setTotp } from "#people/set-totp";
import { signInByProvider } from "#people/sign-in-by-provider";
import { signIn } from "#people/sign-in";
import { signOut } from "#people/sign-out";
import { findAsked } from "#people/temporary-password";
import { readParticulars } from "#people/particulars";
import { readPolicy } from "#people/policy";
import { unlockOfficer } from "#people/unlock-officer";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
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
  await proposeTotp(town, accountOf(cast.wuJie), at, { issuer: "示例镇" });
  for (let tried = 0; tried < 5; tried += 1) await enterCode(town, accountOf(cast.wuJie), at, { code: "000000", token: "none" });
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
      hash: null,
    }),
  disable: ({ t, town, at }) => partWithOfficer(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION }),
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
  "reset the password": ({ t, town, at }) => resetPassword(town, null, at, { officer: t.cast.wuJie.id, ...VERSION, hash: PASSWORD_HASH }),
  "ask for a temporary password": ({ t, town, at }) =>
    askTemporaryPassword(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION }),
  "grant a temporary password": async ({ t, town, at }) => {
    const asked = (await findAsked(town, t.cast.wuJie.id, at))?.id ?? "";
    await grantTemporaryPassword(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION, asked, hash: PASSWORD_HASH });
  },
  "refuse a temporary password": ({ t, town, at }) =>
    refuseTemporaryPassword(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION }),
  "begin a second step": ({ t, town, at }) => proposeTotp(town, accountOf(t.cast.wuJie), at, { issuer: "示例镇" }),
  "set the second step": ({ t, town, at }) => setTotp(town, accountOf(t.cast.wuJie), at, { code: "000000" }),
  "enter a code": ({ t, town, at }) => enterCode(town, accountOf(t.cast.wuJie), at, { code: "000000", token: "none" }),
  "end one session": ({ t, town, at }) => endSession(town, accountOf(t.cast.wuJie), at, { session: newId(at) }),
  "end the other sessions": ({ t, town, at }) => endOtherSessions(town, accountOf(t.cast.wuJie), at, { keeping: "none" }),
  "end all sessions": ({ t, town, at }) => endAllSessions(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id }),
  "know a device": ({ t, town, at }) => knowDevice(town, accountOf(t.cast.wuJie), at, { vouchers: [], userAgent: "" }),
  "forget a device": async ({ t, town, at }) => {
    const [device] = await listKnownDevices(town, accountOf(t.cast.wuJie), at);
    await forgetDevice(town, accountOf(t.cast.wuJie), at, { device: device?.id ?? newId(at) });
  },
  "sign out": ({ t, town, at }) => signOut(town, accountOf(t.cast.wuJie), at, { token: "none" }),
  "add a unit": ({ t, town, at }) => addUnit(town, t.cast.zhouXi, at, { ...NEW_UNIT, parent: t.units.government }),
  "change the unit": ({ t, town, at }) =>
    changeUnit(town, t.cast.zhouXi, at, { ...NEW_UNIT, ...VERSION, unit: t.units.rural, parent: t.units.government }),
  "retire the unit": ({ t, town, at }) => partWithUnit(town, t.cast.zhouXi, at, { unit: t.units.rural, ...VERSION }),
  "add a village": ({ t, town, at }) => addVillage(town, t.cast.zhouXi, at, VILLAGE),
  "change a village": ({ t, town, at }) => changeVillage(town, t.cast.zhouXi, at, { ...VILLAGE, ...VERSION, village: t.villages.xiling }),
  "retire a village": ({ t, town, at }) => retireVillage(town, t.cast.zhouXi, at, { village: t.villages.xiling, ...VERSION }),
  "bind an identity": ({ t, town, at }) =>
    bindSubject(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION, issuer: "https://id.example", subject: "wujie" }),
  "grant an identity": ({ t, town, at }) => grantSubject(town, t.cast.wuAn, at, { officer: t.cast.wuJie.id, ...VERSION }),
  "free from an identity": ({ t, town, at }) => freeSubject(town, t.cast.zhouXi, at, { officer: t.cast.wuJie.id, ...VERSION }),
  "sign in with an identity": ({ town, at }) =>
    signInByProvider(town, at, { issuer: "https://id.example", subject: "wujie", address: "192.0.2.7", userAgent: "" }),
  "add a program": ({ t, town, at }) =>
    addProgram(town, t.cast.zhouXi, at, { name: "转办系统", channel: "import", capabilities: [], expiresOn: dayOf(at) }),
  "add a device": ({ t, town, at }) =>
    addDevice(town, t.cast.zhouXi, at, { name: "巡查手机", kind: "phone", unit: t.units.rural, capabilities: [], expiresOn: dayOf(at) }),
  "take a program's key": async ({ t, town, at }) =>
    revokeProgram(town, t.cast.zhouXi, at, { program: (await listPrograms(town))[0]?.id ?? "" }),
  "take a device's key": async ({ t, town, at }) =>
    revokeDevice(town, t.cast.zhouXi, at, { device: (await listDevices(town))[0]?.id ?? "" }),
  "change the town": async ({ t, town, at }) =>
    changeTown(town, t.cast.zhouXi, at, { ...(await readParticulars(town)), ...VERSION, phone: "0000-1234567" }),
  "record a restore": ({ t, town, at }) => recordRestore(town, t.cast.zhouXi, at),
  "change the policy": async ({ t, town, at }) => {
    const policy = await readPolicy(town);
    await changePolicy(town, t.cast.wuAn, at, ChangePolicy.parse({ ...policy, lookBackDays: policy.lookBackDays.join(" "), ...VERSION }));
  },
  "open a problem": ({ t, town, at }) => aProblem({ ...t, town }, 0, at),
};

const FROM = { login: "wujie", address: "192.0.2.7", userAgent: "", vouchers: [] };

/** A password is hashed before any transaction: these begin their own. */
export const ALONE_ON_AN_OFFICER: Acts = {
  "sign in": ({ town, at }) => signIn(town, at, { ...FROM, password: PASSWORD }),
  "make recovery codes": ({ t, town, at }) => makeRecoveryCodes(town, accountOf(t.cast.wuJie), at, { present: PASSWORD }),
  "sign in wrongly": ({ town, at }) => signIn(town, at, { ...FROM, password: "wrong" }),
  "change the password": ({ t, town, at }) =>
    changePassword(town, accountOf(t.cast.wuJie), at, { present: PASSWORD, chosen: "Shili-2027!", keeping: "none" }),
  "take the second step away": ({ t, town, at }) => removeTotp(town, accountOf(t.cast.wuJie), at, { present: PASSWORD }),
};
