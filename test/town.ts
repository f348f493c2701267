import { hkdfSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Duty, Officer } from "#people/officer";
import { openBlobs } from "#platform/blobs";
import { openDatabase } from "#platform/database";
import { newId } from "#platform/ids";
import { settleWith } from "#platform/settling";
import type { Keys, Town } from "#platform/town";
import { addressOf, cloneDatabase } from "./database.ts";
import { settleWaiting } from "#office/settle-waiting";
import { NamingClient } from "./naming-client.ts";
import { quickFolder } from "./quick-folder.ts";

/** The set clock of every test: a Tuesday morning in China. */
export const AT = new Date("2026-07-28T09:00:00+08:00");
/** Everybody's in the cast; hashed once, because hashing takes its time on purpose. */
export const PASSWORD = "Shili-2026!";
export const PASSWORD_HASH =
  "908bd5ce46ffa56d6456dc6d32718eba:a9290e7d9c0319bfc95cc39ad077f7f93b72285b7c78fc5f493e69562c7acfe7" +
  "c1838c07a4dda1028fa745e6f3a881fe20b879341a5e293f69967879b882f37a";
const CHOSEN = new Date("2026-07-01T09:00:00+08:00");
const BEFORE = new Date("2026-01-05T09:00:00+08:00");

/**
 * A town of its own, in a database of its own, with a cast whose names say what they do; both are gone after the test.
 * Everybody in it is made up.
 */
export async function aTown(t: TestContext, options: { readonly id?: string } = {}) {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(await quickFolder(), "sanwen-"));
  const db = openDatabase({ connectionString: addressOf(database.name), max: 6, Client: NamingClient });
  settleWith(db, settleWaiting);
  t.after(async () => {
    await db.destroy();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const town: Town = { id: options.id ?? "shili", db, keys: testKeys(), blobs: openBlobs(folder) };
  return { at: AT, database: addressOf(database.name), folder, ...(await furnish(town)) };
}

export type ATown = Awaited<ReturnType<typeof aTown>>;

/** A second town in the same database, with its own people of the same names. */
export async function aTownBeside(beside: Town, id = "linzhen") {
  return { at: AT, ...(await furnish({ ...beside, id })) };
}

/** Keys of a master key that only tests know. */
export function testKeys(): Keys {
  return { algorithms: "international", for: (purpose) => Buffer.from(hkdfSync("sha256", Buffer.alloc(32, 7), "", purpose, 32)) };
}

async function furnish(town: Town) {
  const { db } = town;
  const own = town.id === "shili";
  await db
    .insertInto("people.town")
    .values({
      town: town.id,
      name_zh: own ? "示例镇" : "邻镇",
      name_en: own ? "Shili" : "Linzhen",
      prefix: own ? "SL" : "LZ",
      host: own ? null : `${town.id}.example`,
      added_at: own ? BEFORE : AT,
    })
    .execute();
  const units = await addUnits(town);
  const cast = await addCast(town, units);
  const villages = { dongtang: newId(BEFORE), xiling: newId(BEFORE) };
  await db
    .insertInto("people.village")
    .values([
      {
        town: town.id,
        id: villages.dongtang,
        name_zh: "东塘村",
        name_en: "Dongtang Village",
        lon: 114.3901,
        lat: 27.8102,
        added_at: BEFORE,
      },
      { town: town.id, id: villages.xiling, name_zh: "西岭村", name_en: "Xiling Village", lon: 114.3512, lat: 27.8247, added_at: BEFORE },
    ])
    .execute();
  const categories = await addRules(town);
  const { campaign, themes } = await addCampaign(town, cast.zhaoShu.id);
  return { town, cast, units, villages, categories, campaign, themes };
}

async function addUnits(town: Town) {
  const units = {
    government: newId(BEFORE),
    office: newId(BEFORE),
    service: newId(BEFORE),
    ecology: newId(BEFORE),
    rural: newId(BEFORE),
    sanitation: newId(BEFORE),
    discipline: newId(BEFORE),
  };
  const under = (id: string, name_zh: string, name_en: string, kind: "department" | "station" = "department") => ({
    town: town.id,
    id,
    parent: id === units.government ? null : units.government,
    name_zh,
    name_en,
    kind,
    added_at: BEFORE,
  });
  await town.db
    .insertInto("people.unit")
    .values([
      under(units.government, "镇政府", "Town Government"),
      under(units.office, "党政办", "Party and Government Office"),
      under(units.service, "便民服务中心", "Public Service Centre"),
      under(units.ecology, "生态办", "Ecology Office"),
      under(units.rural, "乡村振兴办", "Rural Revitalisation Office"),
      under(units.sanitation, "环卫所", "Sanitation Station", "station"),
      under(units.discipline, "镇纪委", "Discipline Commission"),
    ])
    .execute();
  return units;
}

async function addCast(town: Town, units: Awaited<ReturnType<typeof addUnits>>) {
  const person = (name: string, unit: string, ...duties: readonly Duty[]): Officer => ({
    id: newId(BEFORE),
    name,
    unit,
    duties: new Set(duties),
  });
  const cast = {
    /** clerk and office */
    qianWen: person("钱文", units.office, "clerk", "office"),
    /** leader, of the service centre */
    wangLu: person("王路", units.service, "leader"),
    /** leader, of the ecology office */
    liHe: person("李河", units.ecology, "leader"),
    /** leader, of the rural revitalisation office */
    sunTian: person("孙田", units.rural, "leader"),
    /** handler, of the sanitation station */
    wuJie: person("吴洁", units.sanitation, "handler"),
    /** verifier */
    fengZheng: person("冯正", units.discipline, "verifier"),
    zhaoShu: person("赵书", units.government, "secretary"),
    /** a second officer of the office */
    zhengShang: person("郑商", units.office, "office"),
    /** system admin */
    zhouXi: person("周系", units.office, "system_admin"),
    /** security admin */
    wuAn: person("武安", units.office, "security_admin"),
    /** auditor */
    shenJi: person("沈计", units.discipline, "auditor"),
  };
  const people = Object.entries(cast);
  await town.db
    .insertInto("people.officer")
    .values(people.map(([, { id, unit, name }]) => ({ town: town.id, id, unit, name, added_at: BEFORE })))
    .execute();
  await town.db
    .insertInto("people.duty")
    .values(
      people.flatMap(([, { id, duties }]) =>
        [...duties].map((duty) => ({ town: town.id, id: newId(BEFORE), officer: id, duty, granted_at: BEFORE })),
      ),
    )
    .execute();
  await town.db
    .insertInto("people.account")
    .values(
      people.map(([key, { id }]) => ({
        town: town.id,
        id,
        kind: "officer" as const,
        officer: id,
        login: key.toLowerCase(),
        opened_at: BEFORE,
      })),
    )
    .execute();
  await town.db
    .insertInto("people.credential")
    .values(people.map(([, { id }]) => ({ town: town.id, account: id, password_hash: PASSWORD_HASH, set_at: CHOSEN, set_by: id })))
    .execute();
  return cast;
}

const OFF_2026 = ["01-01 3 元旦", "02-15 9 春节", "04-04 3 清明节", "05-01 5 劳动节", "06-19 3 端午节", "09-25 3 中秋节", "10-01 7 国庆节"];
const WORK_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"];

async function addRules(town: Town) {
  await town.db.insertInto("people.policy").values({ town: town.id }).execute();
  const categories = {
    consultation: newId(BEFORE),
    help: newId(BEFORE),
    suggestion: newId(BEFORE),
    complaint: newId(BEFORE),
    wrongdoing: newId(BEFORE),
    hazard: newId(BEFORE),
    enterpriseNeed: newId(BEFORE),
  };
  const one = (
    id: string,
    code: string,
    name_zh: string,
    name_en: string,
    [first_reply_limit, finish_limit, extension_limit]: readonly [number, number, number],
    position: number,
  ) => ({
    town: town.id,
    id,
    code,
    name_zh,
    name_en,
    limit_unit: "working_day" as const,
    first_reply_limit,
    finish_limit,
    extension_limit,
    position,
    added_at: BEFORE,
  });
  await town.db
    .insertInto("limits.category")
    .values([
      one(categories.consultation, "consultation", "咨询", "Question", [2, 3, 2], 1),
      one(categories.help, "help", "求助", "Request for help", [3, 7, 5], 2),
      one(categories.suggestion, "suggestion", "建议", "Suggestion", [3, 7, 5], 3),
      one(categories.complaint, "complaint", "投诉", "Complaint", [3, 15, 10], 4),
      one(categories.wrongdoing, "wrongdoing", "举报", "Report of wrongdoing", [3, 15, 10], 5),
      one(categories.hazard, "hazard", "隐患", "Hazard", [1, 5, 5], 6),
      one(categories.enterpriseNeed, "enterprise-need", "企业诉求", "Need of an enterprise", [3, 15, 10], 7),
    ])
    .execute();
  await town.db
    .insertInto("limits.calendar_year")
    .values({ town: town.id, year: 2026, source: "国办发明电〔2025〕7号", imported_at: BEFORE })
    .execute();
  const off = OFF_2026.flatMap((text) => {
    const [first = "", count, name_zh = ""] = text.split(" ");
    return Array.from({ length: Number(count) }, (_, i) => ({
      day: `2026-${first.slice(0, 3)}${String(Number(first.slice(3)) + i).padStart(2, "0")}`,
      kind: "off" as const,
      name_zh,
    }));
  });
  const work = WORK_2026.map((day) => ({ day: `2026-${day}`, kind: "work" as const, name_zh: "调休上班" }));
  await town.db
    .insertInto("limits.calendar_day")
    .values([...off, ...work].map((row) => ({ town: town.id, ...row })))
    .execute();
  return categories;
}

async function addCampaign(town: Town, head: string) {
  const campaign = newId(BEFORE);
  await town.db
    .insertInto("ledger.campaign")
    .values({
      town: town.id,
      id: campaign,
      name_zh: "三问三化",
      name_en: "Three Questions",
      head,
      starts_on: "2026-03-01",
      ends_on: "2026-12-31",
      added_at: BEFORE,
    })
    .execute();
  const themes = { political: newId(BEFORE), business: newId(BEFORE), nature: newId(BEFORE), development: newId(BEFORE) };
  const theme = (id: string, name_zh: string, name_en: string, position: number) => ({
    town: town.id,
    id,
    campaign,
    name_zh,
    name_en,
    position,
  });
  await town.db
    .insertInto("ledger.theme")
    .values([
      theme(themes.political, "政治生态", "Political environment", 1),
      theme(themes.business, "营商环境", "Business environment", 2),
      theme(themes.nature, "自然生态", "Natural environment", 3),
      theme(themes.development, "高质量发展", "High-quality development", 4),
    ])
    .execute();
  return { campaign, themes };
}
