import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Page } from "playwright-core";
import { z } from "zod";
import type { Lang } from "#words/words";
import { BROKEN } from "./broken.ts";
import { aPage, assertAccessible } from "./house.ts";

const WIDTHS = [360, 768, 1280] as const;
/** A desk's tables are looked at also where they are cards for the last time, and where a screen is wider than eyes follow. */
const OFFICE_WIDTHS = [991, 1920] as const;
/** Axe looks at each page in Chinese on a phone and in English on a desk. */
const AXE_WIDTH: Record<Lang, number> = { zh: 360, en: 1280 };

type Reader = { readonly page: Page; readonly errors: string[]; readonly origin: string; readonly lang: Lang };

/** Somebody who reads pages in this language, and what their browser complains of meanwhile. */
export async function aReader(t: TestContext, origin: string, lang: Lang): Promise<Reader> {
  const page = await aPage(t, { locale: lang === "zh" ? "zh-CN" : "en-GB" });
  const errors: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && errors.push(message.text())));
  page.on("pageerror", (error) => void errors.push(error.message));
  await page.context().addCookies([{ name: "lang", value: lang, url: origin }]);
  return { page, errors, origin, lang };
}

/** How much wider than usual the letters of a machine's fonts are, in em a letter: a wide Latin beside CJK faces, a condensed one. */
const FONTS = { "its own font": 0, "a wide font": 0.06, "a narrow font": -0.06 } as const;

/**
 * By how many pixels the page is wider than its screen in each of the fonts. No font is installed for it: letters are set that much
 * further apart, which is what a wider face does to the line; on top of their own spacing where elements have one. A sheet made by
 * the test is no style of the page's, so the policy of the page lets it pass.
 */
const OVER = `(() => {
  const spaced = [...document.body.querySelectorAll("*")].flatMap((element) => {
    const { letterSpacing, fontSize } = getComputedStyle(element);
    const own = Number.parseFloat(letterSpacing) || 0;
    return own === 0 || element.style === undefined ? [] : [[element.style, own, Number.parseFloat(fontSize)]];
  });
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const over = Object.entries(${JSON.stringify(FONTS)}).map(([font, em]) => {
    sheet.replaceSync(em === 0 ? "" : "* { letter-spacing: " + em + "em; }");
    for (const [style, own, size] of spaced) style.letterSpacing = em === 0 ? "" : own + em * size + "px";
    const { scrollWidth, clientWidth } = document.documentElement;
    return [font, scrollWidth - clientWidth];
  });
  document.adoptedStyleSheets.pop();
  for (const [style] of spaced) style.removeProperty("letter-spacing");
  return Object.fromEntries(over);
})()`;

/** The text of a leaf is left out: it is shown as it is hashed, there the ids are what the page is about. */
const READ = `({
  lang: document.documentElement.lang,
  headings: document.querySelectorAll("h1").length,
  title: document.title,
  text: document.body.innerText.replace(document.querySelector(".leaf-text")?.innerText ?? "", ""),
})`;
const Read = z.object({ lang: z.string(), headings: z.number(), title: z.string(), text: z.string() });

/** How many rows of tables can be seen, on the screen or, while the page is looked at as paper, on that. */
const ROWS = `[...document.querySelectorAll("main tbody tr")].filter((row) => row.offsetHeight > 0).length`;

const FITS = Object.fromEntries(Object.keys(FONTS).map((font) => [font, 0]));

/** Opens one page: in the right language, with one heading and a title, nothing raw, no error, no sideways scroll, accessible. */
export async function look({ page, errors, origin, lang }: Reader, path: string, status = 200): Promise<void> {
  const where = `${path} (${lang})`;
  errors.length = 0;
  // The width that axe looks at comes last: a page is laid out anew for each.
  const widths = WIDTHS.toSorted((a, b) => Number(a === AXE_WIDTH[lang]) - Number(b === AXE_WIDTH[lang]));
  await page.setViewportSize({ width: widths[0] ?? WIDTHS[0], height: 900 });
  const response = await page.goto(origin + path);
  assert.equal(response?.status(), status, where);
  const read = Read.parse(await page.evaluate(READ));
  assert.equal(read.lang, lang === "zh" ? "zh-CN" : "en", where);
  assert.equal(read.headings, 1, `${where}: one h1`);
  assert.ok(read.title.length > 3, where);
  const raw = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-|\bundefined\b|\[object|\bNaN\b|.{20}Invalid Date/.exec(read.text);
  assert.equal(raw?.[0], undefined, `${where}: nothing raw is shown to people`);
  assert.deepEqual(
    errors.filter((error) => status === 200 || !error.includes(`status of ${status}`)),
    [],
    where,
  );
  if (lang === "zh") await assertPrinted(page, where);
  if (path.startsWith("/office")) await assertWhole(page, where);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await page.evaluate(OVER), FITS, `${where}: wider than a screen of ${width}`);
    assert.deepEqual(await page.evaluate(BROKEN), [], `${where}: broken on a screen of ${width}`);
  }
  await assertAccessible(page);
}

async function assertWhole(page: Page, where: string): Promise<void> {
  for (const width of OFFICE_WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await page.evaluate(BROKEN), [], `${where}: broken on a screen of ${width}`);
    assert.equal(await page.evaluate(TOO_WIDE), 0, `${where}: wider than a screen of ${width}`);
  }
}

const TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** A sheet that is carried into a meeting has every row that stood on the screen. */
async function assertPrinted(page: Page, where: string): Promise<void> {
  const shown = Number(await page.evaluate(ROWS));
  if (shown === 0) return;
  await page.emulateMedia({ media: "print" });
  const printed = Number(await page.evaluate(ROWS));
  await page.emulateMedia({ media: null });
  assert.equal(printed, shown, `${where}: rows that are not printed`);
}
