import type { z } from "zod";

/** What a standard answer may leave to be filled from the report, as it is written in either language: public, and known of it anyway. */
export const PLACEHOLDERS = [
  ["town", "镇名", "town"],
  ["phone", "电话", "phone"],
  ["village", "村", "village"],
  ["category", "类别", "category"],
  ["number", "编号", "number"],
  ["dueOn", "时限", "due day"],
  ["weekday", "星期", "weekday"],
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number][0];

/** What stands for a placeholder, in Chinese and in English; null: it is not known of this report. */
export type Filling = Readonly<Record<Placeholder, readonly [zh: string, en: string] | null>>;

/** `{村}`, also as an input method types it; longer, or over two lines, nobody meant a gap. */
const GAP = /[{｛]([^{}｛｝\n]{1,20})[}｝]/gu;

/** A text with its placeholders filled, each in the language it is written in. What is not known stays as it is, to be filled by hand. */
export function filled(text: string, filling: Filling): string {
  return text.replaceAll(GAP, (gap: string, name: string) => filledAs(name.trim(), filling) ?? gap);
}

function filledAs(name: string, filling: Filling): string | null {
  for (const [placeholder, ...written] of PLACEHOLDERS) {
    const place = written.findIndex((one) => one === name.toLowerCase());
    if (place >= 0) return filling[placeholder]?.[place] ?? null;
  }
  return null;
}

/** What is left to be filled, each once, as it stands in the text. */
export function gapsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(GAP)].map(([gap]) => gap))];
}

/** A text that somebody outside will read: nothing is left in it that was to be filled. */
export function withoutGaps(schema: z.ZodType<string, string>) {
  return schema.superRefine((text, context) => {
    const gaps = gapsIn(text);
    if (gaps.length > 0) context.addIssue({ code: "custom", message: `text/unfilled ${gaps.join(" ")}` });
  });
}
