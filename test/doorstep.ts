import type { TestContext } from "node:test";
import sharp from "sharp";
import { aTown, type ATown } from "./town.ts";
import { aProgram, aVisitor, type Page, type Visitor } from "./door.ts";

export const NOBODY = "00000000-0000-7000-8000-000000000000";

export async function aDoorstep(t: TestContext) {
  const here = await aTown(t);
  const door = aProgram(here.town);
  return { ...here, ...door, visitor: aVisitor(door.app) };
}

export async function aPhoto(): Promise<File> {
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7a8a6a" } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], "路灯.jpg", { type: "image/jpeg" });
}

/** Answers every question; the last page is the one to check. */
export async function answerAll(
  visitor: Visitor,
  { categories, villages }: Pick<ATown, "categories" | "villages">,
  title = "东塘村口路灯三天不亮",
) {
  await visitor.post("/report/what", { title, details: "晚上看不见路", category: categories.help });
  await visitor.post("/report/where", { village: villages.dongtang, place: "村口小桥边", lon: "", lat: "" });
  await visitor.post("/report/photos", { go: "next" });
  await visitor.post("/report/contact", { name: "某某", phone: "13800000000", go: "next" });
  return visitor.get("/report/check");
}

/** The mark of what the page was drawn from. */
export function seenIn(page: Page): string {
  return /name="seen" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
}

export async function countReports({ town }: Pick<ATown, "town">): Promise<number> {
  const { count } = await town.db
    .selectFrom("intake.report")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}
