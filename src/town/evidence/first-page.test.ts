import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { newId } from "#platform/ids";
import { ROOT } from "#platform/root";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { addDocument } from "./add-document.ts";
import { PHOTO_BOUNDS } from "./bounds.ts";
import { decoderWithin } from "./decoder.ts";
import { drawFirstPages } from "./draw-first-pages.ts";
import { readFirstPage } from "./first-page.ts";
import { readDocument } from "./read-document.ts";
import { redactFile } from "./redact-file.ts";
import { inChinese, inLayers, packed, pageOf, pdfOf, streamOf } from "./samples/pdf.ts";
import { sweepFiles } from "./sweep-files.ts";

const LATIN = pageOf({
  content: streamOf("BT /F1 48 Tf 100 700 Td (Minutes \\226 of 28 July) Tj ET"),
  resources: "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>",
});

const decode = decoderWithin({ ...PHOTO_BOUNDS, atOnce: 1, decodeMs: 8000 });

async function outcomeOf(pdf: Uint8Array): Promise<string> {
  try {
    const { full } = await decode("test", pdf);
    return (await sharp(full).greyscale().stats()).channels[0]?.min === 255 ? "blank" : "drawn";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test("the first page of a PDF is drawn once, sealed as the document is, and out of sight with it", async (t) => {
  const { town, cast, at } = await aTown(t);
  const sentFor = { kind: "problem", id: newId(at) } as const;
  const sha256 = await addDocument(town, { officer: cast.wuJie.id }, at, { bytes: LATIN, sentFor });
  assert.equal(await readFirstPage(town, sha256), null);
  assert.equal(await drawFirstPages(town, at), 1);
  const page = await readFirstPage(town, sha256);
  const { width, height } = await sharp(page ?? Buffer.alloc(0)).metadata();
  assert.deepEqual([width, height], [848, 1200]);
  const row = await town.db.selectFrom("evidence.first_page").selectAll().executeTakeFirstOrThrow();
  assert.notDeepEqual(await town.blobs.get(town.id, row.sealed_sha256 ?? ""), page, "nothing of it lies open on the disk");
  assert.equal(await drawFirstPages(town, at), 0);
  await redactFile(town, cast.qianWen, at, { file: sha256, reason: "有身份证号" });
  assert.equal(await readFirstPage(town, sha256), null);
});

test("a document that came to nothing is forgotten with its page", async (t) => {
  const { town, cast, at } = await aTown(t);
  await addDocument(town, { officer: cast.wuJie.id }, at, { bytes: LATIN, sentFor: { kind: "problem", id: newId(at) } });
  await drawFirstPages(town, at);
  const { sealed_sha256: sealed } = await town.db.selectFrom("evidence.first_page").selectAll().executeTakeFirstOrThrow();
  await sweepFiles(town, new Date(at.getTime() + 24 * 3_600_000));
  assert.deepEqual(await town.db.selectFrom("evidence.first_page").selectAll().execute(), []);
  assert.equal(await town.blobs.get(town.id, sealed ?? ""), null);
});

test("Chinese whose font is not in the file is no page with holes; with its font, or as what was read in a scan, it is drawn", async () => {
  const font = await readFile(join(ROOT, "src/doors/web/cards/receipt.otf"));
  assert.equal(await outcomeOf(inChinese(null)), "document/fonts-missing");
  assert.equal(await outcomeOf(inChinese(font)), "drawn");
  assert.equal(await outcomeOf(inChinese(null, 3)), "blank");
});

const locked = "<< /Filter /Standard /V 1 /R 2 /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) /P -4 >>";
const leaves = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const bomb = Buffer.alloc(16 * 1024 * 1024).fill(Buffer.from([129, 0x20]));
const HOSTILE: readonly (readonly [what: string, pdf: () => Buffer, says: readonly string[]])[] = [
  ["cut short", () => Buffer.concat([LATIN.subarray(0, 300), Buffer.from("%%EOF")]), ["document/unreadable"]],
  ["without a page", () => pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]), ["document/unreadable"]],
  [
    "under a password",
    () => pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", leaves, "<< /Type /Page /Parent 2 0 R >>", locked], "/Encrypt 4 0 R /ID [<00><00>]"),
    ["document/locked"],
  ],
  ["a thread", () => pageOf({ content: streamOf("0 0 1 1 re f"), box: "0 0 0.01 14400" }), ["document/unreadable"]],
  ["a square of 350 km", () => pageOf({ content: streamOf("0 0 9 9 re f"), box: "0 0 1000000000 1000000000" }), ["drawn", "blank"]],
  [
    "a form that draws itself",
    () =>
      pageOf({
        content: streamOf("/X Do"),
        resources: "/XObject << /X 5 0 R >>",
        more: [streamOf("/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")],
      }),
    ["file/too-heavy", "blank", "document/unreadable"],
  ],
  ["ten million rectangles in layers", () => inLayers(7), ["file/too-heavy"]],
  [
    "half a gigabyte of blanks",
    () => pageOf({ content: packed(bomb, "/Filter [/FlateDecode /RunLengthDecode]") }),
    ["file/too-heavy", "blank"],
  ],
];

test("a hostile document is kept whole and has no picture, only the reason why, and the next one is drawn", async (t) => {
  for (const [what, pdf, says] of HOSTILE) {
    const outcome = await outcomeOf(pdf());
    assert.ok(says.includes(outcome), `${what}: ${outcome}`);
  }
  assert.equal(await outcomeOf(LATIN), "drawn");
  const { town, cast, at } = await aTown(t);
  const bytes = HOSTILE[0]?.[1]() ?? LATIN;
  const sha256 = await addDocument(town, { officer: cast.wuJie.id }, at, { bytes, sentFor: { kind: "problem", id: newId(at) } });
  await drawFirstPages(town, at);
  const row = await town.db.selectFrom("evidence.first_page").selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.because, row.sealed_sha256], ["document/unreadable", null]);
  assert.deepEqual((await readDocument(town, sha256))?.bytes, bytes);
});
