import { deflateSync } from "node:zlib";

/** A PDF of these objects, the first of them its catalogue. */
export function pdfOf(objects: readonly string[], trailer = ""): Buffer {
  const places: number[] = [];
  let file = "%PDF-1.7\n";
  for (const [at, object] of objects.entries()) {
    places.push(Buffer.byteLength(file, "latin1"));
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const start = Buffer.byteLength(file, "latin1");
  const entries = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

type Page = { readonly content: string; readonly resources?: string; readonly box?: string; readonly more?: readonly string[] };

/** One page: what is drawn is object 4, what it needs are objects 5 and on. */
export function pageOf({ content, resources = "", box = "0 0 595 842", more = [] }: Page): Buffer {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents 4 0 R /Resources << ${resources} >> >>`;
  return pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, ...more]);
}

export function streamOf(bytes: string, entries = ""): string {
  return `<< /Length ${Buffer.byteLength(bytes, "latin1")} ${entries} >>\nstream\n${bytes}\nendstream`;
}

export function packed(bytes: Uint8Array, entries = "/Filter /FlateDecode"): string {
  return streamOf(deflateSync(bytes).toString("latin1"), entries);
}

/** 验收单 in a font that has to be where it is read; or three glyphs of a font that lies in the file. */
export function inChinese(font: Uint8Array | null, mode = 0): Buffer {
  const descriptor =
    "/Type /FontDescriptor /FontName /Song /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120";
  const system = `<< /Registry (Adobe) /Ordering (${font === null ? "GB1" : "Identity"}) /Supplement 0 >>`;
  const encoding = font === null ? "UniGB-UCS2-H" : "Identity-H";
  return pageOf({
    content: streamOf(`BT ${mode} Tr /F1 48 Tf 100 700 Td <${font === null ? "9A8C65365355" : "002000210022"}> Tj ET`),
    resources: "/Font << /F1 5 0 R >>",
    more: [
      `<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /${encoding} /DescendantFonts [6 0 R] >>`,
      `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo ${system} /FontDescriptor 7 0 R >>`,
      `<< ${descriptor} /CapHeight 880 /StemV 93 ${font === null ? "" : "/FontFile3 8 0 R"} >>`,
      ...(font === null ? [] : [packed(font, "/Filter /FlateDecode /Subtype /OpenType")]),
    ],
  });
}

/** Forms that draw each ten times the next one, so many deep. */
export function inLayers(deep: number): Buffer {
  const form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
  const layers = Array.from({ length: deep }, (_, at) =>
    streamOf("/X Do ".repeat(10), `${form} /Resources << /XObject << /X ${6 + at} 0 R >> >>`),
  );
  return pageOf({
    content: streamOf("/X Do"),
    resources: "/XObject << /X 5 0 R >>",
    more: [...layers, streamOf("0 0 500 500 re f", form)],
  });
}
