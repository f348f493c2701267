import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { asActor } from "#people/officer";
import { newId } from "#platform/ids";
import { transact } from "#platform/town";
import { aPhoto } from "#test/desk";
import { refusedWith } from "#test/refused";
import { aTown } from "#test/town";
import { addDocument } from "./add-document.ts";
import { DOCUMENT_BYTES } from "./bounds.ts";
import { checkFiles } from "./check-files.ts";
import { documentKindOf } from "./document.ts";
import { fillLooks } from "./fill-looks.ts";
import { findPublicFile } from "./public-file.ts";
import type { PurposeName } from "./purpose.ts";
import { readDocument } from "./read-document.ts";
import { redactFile } from "./redact-file.ts";
import { sweepFiles } from "./sweep-files.ts";
import { useFiles } from "./use-files.ts";

const PDF = Buffer.from("%PDF-1.7\n验收单\n%%EOF\n");

/** A package with these parts, all of them empty. */
function packageOf(...parts: readonly string[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const part of parts) {
    const name = Buffer.from(part);
    const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)];
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(name.length, 28);
    files.push(local, name);
    directory.push(central, name);
  }
  const [all, listed] = [Buffer.concat(files), Buffer.concat(directory)];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(all.length, 16);
  return Buffer.concat([all, listed, end]);
}

test("papers of a town hall are known by what is in them, and nothing else is", () => {
  const types = "[Content_Types].xml";
  const known = { pdf: PDF, ofd: packageOf("OFD.xml", "Doc_0/Document.xml"), text: packageOf(types, "word/document.xml") };
  const also = { table: packageOf(types, "xl/workbook.xml"), slides: packageOf(types, "ppt/presentation.xml") };
  for (const [kind, bytes] of Object.entries({ ...known, ...also })) assert.equal(documentKindOf(bytes), kind);
  const strange: Readonly<Record<string, Buffer>> = {
    nothing: Buffer.alloc(0),
    "a program": Buffer.from("MZ\x90\0"),
    "a page": Buffer.from("<html>%PDF-1.7 %%EOF"),
    "half a PDF": PDF.subarray(0, 12),
    "an old text": Buffer.from("d0cf11e0a1b11ae1", "hex"),
    "a text with macros": packageOf(types, "word/document.xml", "word/vbaProject.bin"),
    "two things at once": packageOf(types, "word/document.xml", "xl/workbook.xml"),
    "any package": packageOf("a.txt"),
  };
  for (const [what, bytes] of Object.entries(strange)) assert.equal(documentKindOf(bytes), null, what);
});

test("a package that is cut short or lies about its directory is no document, and is read to no end", () => {
  const whole = packageOf("[Content_Types].xml", "word/document.xml");
  for (let cut = 0; cut < whole.length; cut++) assert.equal(documentKindOf(whole.subarray(0, cut)), null);
  for (let at = whole.length - 22; at < whole.length; at++) for (const byte of [0, 0x7f, 0xff]) documentKindOf(whole.with(at, byte));
  const endless = Buffer.from(whole);
  endless.writeUInt16LE(65_535, whole.length - 12);
  assert.equal(documentKindOf(endless), null);
});

test("a document lies sealed, is read whole by whoever may, and is shown to nobody", async (t) => {
  const { town, at, cast, folder } = await aTown(t);
  const problem = newId(at);
  const sentFor = { kind: "problem", id: problem } as const;
  const sha256 = await addDocument(town, { officer: cast.wuJie.id }, at, { bytes: PDF, sentFor });
  await transact(town, (town) => useFiles(town, asActor(cast.wuJie), at, { files: [sha256], purpose: "paper", subject: problem }));
  assert.deepEqual(await readDocument(town, sha256), { bytes: PDF, mediaType: "application/pdf", ending: "pdf" });
  assert.equal(await findPublicFile(town, sha256), null);
  const kept = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  assert.equal(kept.length, 1);
  for (const { parentPath, name } of kept) assert.ok(!(await readFile(join(parentPath, name))).includes("验收单"));
  await fillLooks(town);
  assert.deepEqual((await checkFiles(town, () => undefined)).faults, []);
  await redactFile(town, cast.qianWen, at, { file: sha256, reason: "有身份证号" });
  assert.equal(await readDocument(town, sha256), null);
});

test("a document that comes to be part of nothing goes, and one that is too large or none at all is not taken", async (t) => {
  const { town, at, cast, folder } = await aTown(t);
  const send = (bytes: Uint8Array) =>
    addDocument(town, { officer: cast.wuJie.id }, at, { bytes, sentFor: { kind: "problem", id: newId(at) } });
  await assert.rejects(send(Buffer.from("<html>")), refusedWith("document/not-one"));
  await assert.rejects(send(Buffer.concat([PDF, Buffer.alloc(DOCUMENT_BYTES)])), refusedWith("document/too-large"));
  const sha256 = await send(PDF);
  assert.equal(await sweepFiles(town, new Date(at.getTime() + 6 * 3_600_000)), 1);
  assert.equal(await readDocument(town, sha256), null);
  assert.deepEqual(
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()),
    [],
  );
});

test("a document never comes to be shown as a photo, nor a photo to lie among the papers", async (t) => {
  const { town, at, cast } = await aTown(t);
  const problem = newId(at);
  const sentFor = { kind: "problem", id: problem } as const;
  const document = await addDocument(town, { officer: cast.wuJie.id }, at, { bytes: PDF, sentFor });
  const photo = await aPhoto({ town }, sentFor, cast.wuJie.id);
  const use = (file: string, purpose: PurposeName) =>
    transact(town, (town) => useFiles(town, asActor(cast.wuJie), at, { files: [file], purpose, subject: problem }));
  for (const stage of ["before", "during", "after"] as const) await assert.rejects(use(document, stage), refusedWith("file/unknown"));
  await assert.rejects(use(photo, "paper"), refusedWith("file/unknown"));
  assert.equal(await use(document, "paper"), 1);
  await assert.rejects(use(document, "after"), refusedWith("file/unknown"), "nor by way of the papers");
  assert.equal(await use(photo, "after"), 1);
});
