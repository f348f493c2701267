import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PDFiumModule, type Pdfium } from "@hyzyla/pdfium";
import { Refusal } from "#refusals";
import { PAGE_BOUNDS } from "./bounds.ts";

/** A page's pixels: red, green, blue, alpha, a byte each. */
type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/**
 * The first page of a PDF; only the decoder's own process comes here, which is ended when it takes too long or too much. Nothing of the
 * document is run: this PDFium has no scripts, no network and no files. Each document is drawn in a PDFium of its own.
 * Refusals: document/unreadable, document/locked, document/fonts-missing, file/too-heavy.
 */
export async function drawFirstPage(bytes: Uint8Array): Promise<Pixels> {
  const wasm = fileURLToPath(import.meta.resolve("@hyzyla/pdfium/pdfium.wasm"));
  const pdfium = await PDFiumModule({ wasmBinary: await readFile(wasm) });
  try {
    pdfium._FPDF_InitLibrary();
    const page = openPage(pdfium, bytes);
    if (lacksFonts(pdfium, page)) throw new Refusal("document/fonts-missing");
    return drawn(pdfium, page);
  } catch (error) {
    // Out of the memory it is given, or out of the stack: it ends itself.
    if (error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError")) throw new Refusal("file/too-heavy");
    throw error;
  }
}

/** FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY */
const LOCKED: readonly number[] = [4, 5];

function openPage(pdfium: Pdfium, bytes: Uint8Array): number {
  const at = allotted(pdfium, bytes.length);
  pdfium.HEAPU8.set(bytes, at);
  const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
  if (document === 0) throw new Refusal(LOCKED.includes(pdfium._FPDF_GetLastError()) ? "document/locked" : "document/unreadable");
  const page = pdfium._FPDF_LoadPage(document, 0);
  if (page === 0) throw new Refusal("document/unreadable");
  return page;
}

function allotted(pdfium: Pdfium, size: number): number {
  const at = pdfium.wasmExports.malloc(size);
  if (at === 0) throw new Refusal("file/too-heavy");
  return at;
}

/** BGRA, and in which order it is written: RGBA, with annotations such as a seal. */
const [FORMAT, FLAGS] = [4, 0x01 | 0x10];
const WHITE = 0xff_ff_ff_ff;

function drawn(pdfium: Pdfium, page: number): Pixels {
  const [wide, high] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
  const scale = PAGE_BOUNDS.longestSide / Math.max(wide, high);
  const [width, height] = [Math.round(wide * scale), Math.round(high * scale)];
  // A page as thin as a thread, or without size.
  if (!(Math.min(width, height) >= PAGE_BOUNDS.shortestSide)) throw new Refusal("document/unreadable");
  const at = allotted(pdfium, width * height * 4);
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT, at, width * 4);
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS);
  return { data: pdfium.HEAPU8.slice(at, at + width * height * 4), width, height };
}

/** FPDF_PAGEOBJ_TEXT, FPDF_PAGEOBJ_FORM, FPDF_TEXTRENDERMODE_INVISIBLE (what was read in a scan, laid beneath it) */
const [TEXT, FORM, INVISIBLE] = [1, 5, 3];

/** What the fonts that every PDFium has can write (ISO 32000-2 §9.6.2.2): Latin, and the punctuation of Windows. */
const LATIN = /^[\u0000-\u024f\u2010-\u203a\u20ac\u2122\ufeff]+$/u; // eslint-disable-line no-control-regex

/**
 * Whether something on the page is written with a font that is not in the file and that no PDFium brings along: Chinese would be left out
 * without a word, and half a page is worse than none.
 */
function lacksFonts(pdfium: Pdfium, page: number): boolean {
  const textPage = pdfium._FPDFText_LoadPage(page);
  const buffer = allotted(pdfium, PAGE_BOUNDS.longestText);
  for (const object of objectsOf(pdfium, page)) {
    if (pdfium._FPDFPageObj_GetType(object) !== TEXT || pdfium._FPDFTextObj_GetTextRenderMode(object) === INVISIBLE) continue;
    if (pdfium._FPDFFont_GetIsEmbedded(pdfium._FPDFTextObj_GetFont(object)) === 1) continue;
    const size = pdfium._FPDFTextObj_GetText(object, textPage, buffer, PAGE_BOUNDS.longestText);
    const text = Buffer.from(pdfium.HEAPU8.slice(buffer, buffer + Math.min(size, PAGE_BOUNDS.longestText) - 2)).toString("utf16le");
    if (!LATIN.test(text)) return true;
  }
  return false;
}

/** Also those within forms, which may lie in each other: as many as a page can honestly have. */
function* objectsOf(pdfium: Pdfium, page: number): Generator<number> {
  const waiting = listed(pdfium._FPDFPage_CountObjects(page), (at) => pdfium._FPDFPage_GetObject(page, at));
  for (let seen = 0; seen < PAGE_BOUNDS.objects; seen++) {
    const object = waiting.pop();
    if (object === undefined) return;
    yield object;
    if (pdfium._FPDFPageObj_GetType(object) === FORM)
      waiting.push(...listed(pdfium._FPDFFormObj_CountObjects(object), (at) => pdfium._FPDFFormObj_GetObject(object, at)));
  }
  throw new Refusal("file/too-heavy");
}

function listed(count: number, at: (place: number) => number): number[] {
  return Array.from({ length: Math.min(count, PAGE_BOUNDS.objects) }, (_, place) => at(place));
}
