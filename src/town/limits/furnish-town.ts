import { addDays, type Day } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { isWeekend } from "#standards/workdays/workdays";
import { addCategory } from "./add-category.ts";
import { nameReceivers } from "./name-receivers.ts";
import { importCalendar, type ImportCalendar } from "./import-calendar.ts";

/** Years whose official days come with this version: 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号, as kept by the package chinese-days. */
const YEARS = [
  { year: 2025, source: "国办发明电〔2024〕12号" },
  { year: 2026, source: "国办发明电〔2025〕7号" },
];

/** code, names, first reply, finish and extension in working days (shared/standards.md §7.3); a town changes them as it needs. */
const CATEGORIES = [
  ["consultation", "咨询", "Question", 2, 3, 2],
  ["help", "求助", "Request for help", 3, 7, 5],
  ["suggestion", "建议", "Suggestion", 3, 7, 5],
  ["complaint", "投诉", "Complaint", 3, 15, 10],
  ["wrongdoing", "举报", "Report of wrongdoing", 3, 15, 10],
  ["conduct", "作风", "Conduct of officers", 3, 15, 10],
  ["hazard", "隐患", "Hazard", 1, 5, 5],
  ["enterprise-need", "企业诉求", "Need of an enterprise", 3, 15, 10],
] as const;

/** About people of the town: until their receivers are named, the secretary receives them. */
const SEALED: readonly string[] = ["wrongdoing", "conduct"];

/** Who reported is kept a year after the matter has ended: as long as somebody may still ask about it. */
const RETENTION_DAYS = 365;

/** What every new town starts with: eight categories, two of them sealed, and the published years. */
export async function furnishTown(town: Town, at: Date): Promise<void> {
  await transact(town, async (town) => {
    for (const [code, nameZh, nameEn, firstReplyLimit, finishLimit, extensionLimit] of CATEGORIES) {
      const category = await addCategory(town, null, at, {
        code,
        nameZh,
        nameEn,
        limitUnit: "working_day",
        firstReplyLimit,
        finishLimit,
        extensionLimit,
        retentionDays: RETENTION_DAYS,
      });
      if (SEALED.includes(code)) await nameReceivers(town, null, at, { category, version: null, sealed: true, receivers: [] });
    }
    for (const { year, source } of YEARS) await importCalendar(town, null, at, { year, source, days: await publishedDays(year) });
  });
}

// Loaded when a town is added, which is seldom: the package's data is of no use afterwards.
async function publishedDays(year: number): Promise<ImportCalendar["days"]> {
  const { default: official } = await import("chinese-days");
  const days: { day: Day; kind: "off" | "work"; name: string }[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const { work, name } = official.getDayDetail(day);
    const [, nameZh] = name.split(","); // a plain day is only "Monday"
    if (nameZh === undefined) continue;
    days.push(work ? { day, kind: "work", name: `${nameZh}调休` } : { day, kind: "off", name: nameZh });
  }
  return days.filter(({ day, kind }) => kind === "off" || isWeekend(day));
}
