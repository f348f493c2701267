import sharp from "sharp";
import { addPhoto } from "#evidence/add-photo";
import type { SentFor } from "#evidence/upload";
import { ReceiveReport } from "#intake/said";
import type { Town } from "#platform/town";
import type { ATown } from "./town.ts";

export const DRAFT = "0198b6a0-0000-7000-8000-000000000001";

/** A resident of Dongtang reports a lamp through the web, in other words where the test says so. */
export function lamp(at: Pick<ATown, "categories" | "villages">, typed: Partial<Record<keyof ReceiveReport, unknown>> = {}) {
  const what = ReceiveReport.parse({
    title: "东塘村口路灯三天不亮",
    details: "老人夜里出门看不见路。",
    category: at.categories.complaint,
    village: at.villages.dongtang,
    ...typed,
  });
  return { ...what, channel: "web" as const };
}

/** A plain photo of this colour that a resident sent for a draft; its hash. */
export async function aDraftPhoto(
  town: Town,
  at: Date,
  colour: string,
  sentFor: SentFor = { kind: "draft", id: DRAFT },
  willBeSealed = false,
): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return (await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor, willBeSealed })).sha256;
}

/** What happened in the town, verb by verb. */
export async function verbsOf(town: Town): Promise<readonly string[]> {
  const rows = await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute();
  return rows.map(({ verb }) => verb);
}

export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
