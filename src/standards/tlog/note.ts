import { fromBase64, toBase64 } from "./base64.ts";

/** C2SP signed-note: a text that ends with a newline, and who signed it. */
export type Note = { readonly text: string; readonly signatures: readonly Signature[] };
export type Signature = {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Uint8Array<ArrayBuffer>;
};

const MOST_SIGNATURES = 100;

/** A note as text; null for anything that is not exactly one. */
export function parseNote(note: string): Note | null {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n") || !note.isWellFormed() || hasControls(note)) return null;
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures: Signature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { text: note.slice(0, split + 1), signatures };
}

export function formatNote(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** `— name base64(keyId ‖ signature)`. */
export function signatureLine({ name, keyId, signature }: Signature): string {
  const bytes = new Uint8Array(4 + signature.length);
  for (let i = 0; i < 4; i += 1) bytes[i] = Number.parseInt(keyId.slice(2 * i, 2 * i + 2), 16);
  bytes.set(signature, 4);
  return `— ${name} ${toBase64(bytes)}`;
}

function parseSignature(line: string): Signature | null {
  const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  if (name === undefined || !isKeyName(name) || bytes === null || bytes.length < 5) return null;
  return { name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

/** Not empty, no Unicode space, no plus (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\s+]/u.test(name) && !hasControls(name);
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** ASCII control characters other than a newline have no place in a note. */
function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) < 0x20 && text[i] !== "\n") return true;
  return false;
}
