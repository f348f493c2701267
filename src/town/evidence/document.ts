/** Papers that a town hall keeps, told by what is in them; never by a name or a declared type. */
export const DOCUMENTS = {
  pdf: { mediaType: "application/pdf", ending: "pdf" },
  // GB/T 33190: the national format of papers with a fixed layout.
  ofd: { mediaType: "application/ofd", ending: "ofd" },
  text: { mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ending: "docx" },
  table: { mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: "xlsx" },
  slides: { mediaType: "application/vnd.openxmlformats-officedocument.presentationml.presentation", ending: "pptx" },
} as const satisfies { readonly [kind: string]: { readonly mediaType: string; readonly ending: string } };

export type DocumentKind = keyof typeof DOCUMENTS;

/** The part that every package of this kind has, and no other. */
const PARTS: readonly (readonly [part: string, kind: DocumentKind])[] = [
  ["OFD.xml", "ofd"],
  ["word/document.xml", "text"],
  ["xl/workbook.xml", "table"],
  ["ppt/presentation.xml", "slides"],
];

/** Null for everything else: older formats of offices, which may hold programs that nothing here could see, and packages with macros. */
export function documentKindOf(bytes: Uint8Array): DocumentKind | null {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPdf(content)) return "pdf";
  const parts = partsOf(content);
  if (parts === null || parts.some((part) => /vbaProject\.bin$/i.test(part))) return null;
  const kinds = PARTS.flatMap(([part, kind]) => (parts.includes(part) ? [kind] : []));
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

/** ISO 32000-2 §7.5.2 and §7.5.5: a header at the beginning, an end-of-file marker at the end. */
function isPdf(content: Buffer): boolean {
  return /^%PDF-[12]\.\d/.test(content.toString("latin1", 0, 8)) && content.toString("latin1", content.length - 1024).includes("%%EOF");
}

const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const MOST_PARTS = 5000;

/** The names in a package's directory (APPNOTE.TXT §4.3.12 and §4.3.16), nothing unpacked; null when it is none, or one with gaps. */
function partsOf(content: Buffer): readonly string[] | null {
  if (content.length < END_BYTES || content.readUInt32LE(0) !== 0x04034b50) return null;
  const end = content.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < Math.max(0, content.length - END_BYTES - LONGEST_COMMENT) || end + END_BYTES > content.length) return null;
  const count = content.readUInt16LE(end + 10);
  if (count > MOST_PARTS) return null;
  const parts: string[] = [];
  let at = content.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > end || content.readUInt32LE(at) !== 0x02014b50) return null;
    const nameTo = at + 46 + content.readUInt16LE(at + 28);
    if (nameTo > end) return null;
    parts.push(content.toString("utf8", at + 46, nameTo));
    at = nameTo + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return parts;
}
