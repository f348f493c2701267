import { join } from "node:path";
import type Sharp from "sharp";
import { ROOT } from "#platform/root";

/** A server has no Chinese fonts, so that the characters travel with the product (docs/decisions/0073). */
export const FONT = join(ROOT, "src/doors/web/cards/receipt.otf");

let loaded: Promise<typeof Sharp> | undefined;

/** Loaded by whoever draws the first. A font is known to what draws SVG from the first text that is drawn with its file. */
async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import("sharp");
  sharp.cache(false); // pictures are seen once: a cache would only hold memory
  sharp.concurrency(1);
  await sharp({ text: { text: "三", font: "Noto Serif CJK SC Bold", fontfile: FONT } })
    .raw()
    .toBuffer();
  return sharp;
}

/** An SVG of ours as PNG: few colours, so that it stays small. */
export async function drawCard(svg: string): Promise<Buffer> {
  const sharp = await (loaded ??= loadSharp());
  return sharp(Buffer.from(svg)).png({ palette: true, colours: 16, dither: 0, effort: 1 }).toBuffer();
}
