import assert from "node:assert/strict";
import sharp from "sharp";
import { z } from "zod";
import { sanwen } from "#test/program-runs";

export async function aTownIn(folder: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const words = ["--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili"];
  const { code, err } = await sanwen(folder, ["town", "add", ...words], env);
  assert.equal(code, 0, err);
}

const Directory = z.object({ categories: z.array(z.object({ id: z.string(), code: z.string() })) });
const Receipt = z.object({ receipt: z.string() });

/** Sends a report through the API; the receipt is empty when there is none. */
export async function sendReport(origin: string, title: string, details = "") {
  const response = await fetch(`${origin}/api/v1/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title, details, category: "complaint" }),
  });
  const text = await response.text();
  return { status: response.status, text, receipt: response.ok ? Receipt.parse(JSON.parse(text)).receipt : "" };
}

/** The id of the town's category of complaints. */
export async function complaints(origin: string): Promise<string> {
  const { categories } = Directory.parse(await (await fetch(`${origin}/api/v1/directory`)).json());
  return categories.find((category) => category.code === "complaint")?.id ?? "";
}

/** What a form sent by a page of this program says as its origin. */
export function siteOf(origin: string): string {
  return origin.replace("127.0.0.1", "localhost");
}

/** 303 when the receipt code opens its story. */
export async function trackedStatus(origin: string, receipt: string): Promise<number> {
  const response = await fetch(`${origin}/track`, {
    method: "POST",
    body: new URLSearchParams({ code: receipt }),
    headers: { origin: siteOf(origin) },
    redirect: "manual",
  });
  return response.status;
}

export async function aPicture(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await sharp({ create: { width: 320, height: 240, channels: 3, background: "#a52" } })
      .jpeg()
      .toBuffer(),
  );
}
