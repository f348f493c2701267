import { fromBase64, toBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";

/** C2SP tlog-checkpoint: which log, how many leaves, the root over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** Three lines; ours carry no extension lines. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** From a note's text. Extension lines of other logs are allowed and left aside; null for anything else. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith("\n")) return null;
  const [origin = "", size = "", encoded = "", ...extensions] = text.slice(0, -1).split("\n");
  const [count, root] = [readDecimal(size), fromBase64(encoded)];
  if (origin === "" || count === null || root?.length !== 32 || extensions.includes("")) return null;
  return { origin, size: count, root };
}
