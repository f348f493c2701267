import { addCampaign } from "#ledger/add-campaign";
import { addTheme } from "#ledger/add-theme";
import { addDevice } from "#people/add-device";
import { addOfficer } from "#people/add-officer";
import { addProgram } from "#people/add-program";
import { addTown } from "#people/add-town";
import { addUnit } from "#people/add-unit";
import { addVillage } from "#people/add-village";
import { changeTown } from "#people/change-town";
import { DEMO_PASSWORD } from "#people/demo-password";
import { hashPassword } from "#people/password";
import { recordRestore } from "#people/record-restore";
import { findOfficer } from "#people/queries";
import type { Officer } from "#people/officer";
import { addDays, dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { readCalendar } from "#limits/calendar";
import type { Category } from "#limits/category";
import { addStandardAnswer } from "#limits/add-standard-answer";
import { furnishTown } from "#limits/furnish-town";
import { importCalendar } from "#limits/import-calendar";
import { nameReceivers } from "#limits/name-receivers";
import { listCategories } from "#limits/queries";
import type { Calendar } from "#standards/workdays/workdays";
import { CAMPAIGN, OFFICERS, THEMES, UNITS, VILLAGES, type OfficerKey, type ThemeKey, type UnitKey, type VillageKey } from "./cast.ts";

/** The demo town with everybody and everything the stories name. */
export type Furnished = {
  readonly town: Town;
  readonly calendar: Calendar;
  readonly categories: ReadonlyMap<string, Category>;
  readonly unit: (key: UnitKey) => string;
  readonly village: (key: VillageKey) => string;
  readonly theme: (key: ThemeKey) => string;
  readonly officer: (key: OfficerKey) => Officer;
};

const NAMES = { nameZh: "示例镇", nameEn: "Shili Town" };

/** Founds the town at `at`, long before its first story; `until` is the last day its stories look at. */
export async function furnishDemo(place: Omit<Town, "id">, at: Date, until: Day): Promise<Furnished> {
  const town = await addTown(place, at, { id: "shili", ...NAMES, prefix: "SL", demo: true });
  await furnishTown(town, at);
  await importMissingYears(town, at, until);
  const units = new Map<string, string>();
  for (const [key, { parent, ...unit }] of Object.entries(UNITS))
    units.set(key, await addUnit(town, null, at, { ...unit, parent: parent === null ? null : named(units, parent) }));
  const villages = new Map<string, string>();
  for (const [key, village] of Object.entries(VILLAGES)) villages.set(key, await addVillage(town, null, at, { code: null, ...village }));
  const officers = await addOfficers(town, at, units);
  await changeTown(town, named(officers, "zhouxi"), at, {
    ...NAMES,
    version: null,
    phone: "0000-1234567",
    hours: "周一至周五 8:30–17:30",
    address: "示例镇府前路 1 号",
    responsible: "示例镇人民政府",
    icpRecord: "",
    policeRecord: "",
  });
  await addStandardAnswers(town, named(officers, "zhouxi"), at);
  await recordRestore(town, named(officers, "zhouxi"), at);
  const themes = await addThemes(town, at, named(officers, "zhaoshu"), until);
  await addKeys(town, at, named(officers, "zhouxi"), named(units, "ecology"));
  const categories = await listCategories(town);
  for (const { id: category, sealed } of categories)
    if (sealed)
      await nameReceivers(town, named(officers, "zhouxi"), at, {
        category,
        version: null,
        sealed,
        receivers: [named(officers, "fengzheng").id],
      });
  return {
    town,
    calendar: await readCalendar(town),
    categories: new Map(categories.map((category) => [category.code, category])),
    unit: (key) => named(units, key),
    village: (key) => named(villages, key),
    theme: (key) => named(themes, key),
    officer: (key) => named(officers, key),
  };
}

async function addOfficers(town: Town, at: Date, units: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Officer>> {
  const officers = new Map<string, Officer>();
  const hash = await hashPassword(DEMO_PASSWORD, "");
  for (const [login, { unit, duties, ...person }] of Object.entries(OFFICERS)) {
    const id = await addOfficer(town, null, at, {
      login,
      ...person,
      unit: named(units, unit),
      duties: [...duties],
      hash,
    });
    const officer = await findOfficer(town, id);
    if (officer !== null) officers.set(login, officer);
  }
  return officers;
}

/** A program and a device with keys that nobody was given: the lists of the office show what such look like. */
async function addKeys(town: Town, at: Date, by: Officer, unit: string): Promise<void> {
  const key = { capabilities: ["send-reports" as const], expiresOn: addDays(dayOf(at), 730) };
  await addProgram(town, by, at, { ...key, name: "县 12345 热线转办系统", channel: "import" });
  await addDevice(town, by, at, { ...key, name: "巡查手机 1 号", kind: "phone", unit });
}

async function addThemes(town: Town, at: Date, head: Officer, until: Day): Promise<ReadonlyMap<string, string>> {
  const campaign = await addCampaign(town, head, at, {
    ...CAMPAIGN,
    head: head.id,
    startsOn: dayOf(at),
    endsOn: addDays(until, 60),
    finishDays: null,
  });
  const themes = new Map<string, string>();
  let position = 0;
  for (const [key, theme] of Object.entries(THEMES))
    themes.set(key, await addTheme(town, head, at, { campaign, ...theme, position: ++position }));
  return themes;
}

/**
 * Years this version has no official days for get fixed holidays and say so: a town that is made up may be shown in any year.
 * A real town's unknown year stays unknown.
 */
async function importMissingYears(town: Town, at: Date, until: Day): Promise<void> {
  const { years } = await readCalendar(town);
  for (let year = Number(dayOf(at).slice(0, 4)); year <= Number(until.slice(0, 4)); year++) {
    if (years.has(year)) continue;
    const off = (day: string, name: string) => ({ day: `${year}-${day}`, kind: "off" as const, name });
    const days = [off("01-01", "元旦"), off("05-01", "劳动节"), off("10-01", "国庆节"), off("10-02", "国庆节"), off("10-03", "国庆节")];
    await importCalendar(town, null, at, { year, source: "演示用：没有内置该年官方日历", days });
  }
}

function named<T>(all: ReadonlyMap<string, T>, key: string): T {
  const found = all.get(key);
  if (found === undefined) throw new Error(`couldn't find ${key} in the demo town`);
  return found;
}

/** What the desk of such a town answers again and again. */
async function addStandardAnswers(town: Town, by: Officer, at: Date): Promise<void> {
  const categories = await listCategories(town);
  const idOf = (code: string) => categories.find((category) => category.code === code)?.id ?? null;
  const kept = [
    ["consultation", "窗口几点上班", "Opening hours", "便民中心周一至周五 8:30–17:30 上班，中午有人值班。要先问清楚，请打{电话}。"],
    ["consultation", "带什么材料", "What to bring", "办{办什么事}请带身份证和户口簿，到便民中心{窗口}。"],
    [null, "谢谢反映", "Thanks", "{村}的乡亲：您反映的事{镇名}收到了，谢谢。有问题请打{电话}。"],
  ] as const;
  for (const [code, nameZh, nameEn, text] of kept)
    await addStandardAnswer(town, by, at, { nameZh, nameEn, category: code === null ? null : idOf(code), text });
}
