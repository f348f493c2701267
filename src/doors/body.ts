import { boundaryOf, parseMultipart, type Part } from "#standards/multipart/multipart";
import { BODY_PACE, JSON_DEPTH, type Bounds } from "./bounds.ts";
import { TooMuch } from "./too-much.ts";

/** What its headers already say of a body that will not be read, whatever the page does with it. */
export function refuseUnread({ headers }: Request, { bytes, files }: Bounds): void {
  if ((toldLength(headers) ?? 0) > bytes) throw new TooMuch("bytes");
  if (files === 0 && isMultipart(headers.get("content-type") ?? "")) throw new TooMuch("no-files");
}

/**
 * Reads a body within its bounds and in time. A length that was told is believed, as the server reads no further; one untold is counted.
 * `mayGrow` counts what is held in memory: a small body at once, a large one while it arrives, so that a slow sender holds no more of it
 * than was sent. A body that breaks off is malformed: nothing but its sender can end it.
 */
export async function readBody(request: Request, most: number, mayGrow: (bytes: number) => boolean): Promise<Buffer> {
  const told = toldLength(request.headers);
  if (told === null || told > SMALL_BYTES) return readInPieces(request, most, mayGrow);
  if (!mayGrow(told)) throw new TooMuch("memory");
  const patience = patienceFor(() => told);
  try {
    return bounded(Buffer.from(await Promise.race([request.arrayBuffer().catch(brokenOff), patience.spent])), most);
  } finally {
    patience.forget();
  }
}

/** Waited for as a whole, which costs half of reading it in pieces. */
const SMALL_BYTES = 512 * 1024;

async function readInPieces({ body }: Request, most: number, mayGrow: (bytes: number) => boolean): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  const patience = patienceFor(() => size);
  try {
    for (;;) {
      const { done = true, value } = (await Promise.race([reader?.read().catch(brokenOff), patience.spent])) ?? {};
      if (done || value === undefined) return Buffer.concat(chunks, size);
      size += value.byteLength;
      if (size > most) throw new TooMuch("bytes");
      if (!mayGrow(value.byteLength)) throw new TooMuch("memory");
      chunks.push(value);
    }
  } finally {
    patience.forget();
    reader?.cancel().catch(() => undefined); // what still comes is not kept; a stream that broke off has nothing to cancel
  }
}

function brokenOff(): never {
  throw new TooMuch("malformed");
}

/** Spent once a body has been coming for longer than what arrived of it may take. */
function patienceFor(arrived: () => number): { readonly spent: Promise<never>; readonly forget: () => void } {
  const { freeMs, bytesPerMs, lookMs } = BODY_PACE;
  const { promise, reject } = Promise.withResolvers<never>();
  let waitedMs = 0;
  const look = setInterval(() => {
    waitedMs += lookMs;
    if (waitedMs > freeMs + arrived() / bytesPerMs) reject(new TooMuch("slow"));
  }, lookMs);
  return { spent: promise, forget: () => clearInterval(look) };
}

/** Null when it was not told, or not in one way. */
function toldLength(headers: Headers): number | null {
  const told = headers.get("content-length");
  return told === null || headers.has("transfer-encoding") || !/^\d{1,15}$/.test(told) ? null : Number(told);
}

function bounded(body: Buffer, most: number): Buffer {
  if (body.byteLength > most) throw new TooMuch("bytes");
  return body;
}

/** One field of a form, in the order they were sent. */
export type Field = readonly [name: string, value: string | File];

/** The fields of a form's body, counted before they are parsed. */
export function formFields(contentType: string, body: Buffer, bounds: Bounds): readonly Field[] {
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) return urlencodedFields(body, bounds.fields);
  if (!isMultipart(contentType)) throw new TooMuch("media-type");
  const boundary = boundaryOf(contentType);
  const parts = boundary === null ? "malformed" : parseMultipart(body, boundary, bounds.fields);
  if (parts === "malformed") throw new TooMuch("malformed");
  if (parts === "too-many") throw new TooMuch("fields");
  if (parts.filter(({ filename }) => filename !== null).length > bounds.files) throw new TooMuch("files");
  return parts.map(fieldOf);
}

function isMultipart(contentType: string): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(contentType);
}

/** 524,288 fields (`a&a&…`, 1 MB) took undici's `formData()` 8.8 s, growing with their square; to find that they are too many, 0.1 ms. */
function urlencodedFields(body: Buffer, most: number): readonly Field[] {
  let fields = 1;
  for (const sign of body) {
    if (sign === AMPERSAND) fields += 1;
    if (fields > most) throw new TooMuch("fields");
  }
  return [...new URLSearchParams(body.toString("utf8"))];
}

function fieldOf({ name, filename, type, bytes }: Part): Field {
  return [name, filename === null ? bytes.toString("utf8") : new File([new Uint8Array(bytes)], filename, { type })];
}

/** A JSON text's value; refused before it is parsed when it has too many members or stands too deep in itself. */
export function parseJson(body: Buffer, bounds: Bounds): unknown {
  let depth = 0;
  let members = 0;
  let quoted = false;
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at];
    if (quoted) {
      if (sign === BACKSLASH) at += 1;
      else if (sign === QUOTE) quoted = false;
    } else if (sign === QUOTE) quoted = true;
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) depth += 1;
    else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1;
    else if (sign === COMMA) members += 1;
    if (depth > JSON_DEPTH || members >= bounds.fields) throw new TooMuch("fields");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new TooMuch("malformed");
  }
}

const [AMPERSAND, QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('&"\\,[]{}');
