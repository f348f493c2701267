/** Bytes as PostgreSQL reads them in a text, for where they stand in JSON: `\x` and hexadecimal. */
export function byteaText(bytes: Buffer): string {
  return `\\x${bytes.toString("hex")}`;
}
