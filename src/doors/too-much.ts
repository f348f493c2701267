/** What a request had too much of, or what its body was not. */
export type Excess =
  | "bytes"
  | "fields"
  | "files"
  | "no-files"
  | "media-type"
  | "malformed"
  | "slow"
  | "memory"
  | "query"
  | "tries"
  | "busy";

/** A request beyond the bounds of its kind, refused before its work began. Each door words it once, at its edge. */
export class TooMuch extends Error {
  readonly excess: Excess;
  /** After how many milliseconds it may be tried again; null when it never may. */
  readonly waitMs: number | null;
  constructor(excess: Excess, waitMs: number | null = null) {
    super(`too much: ${excess}`);
    this.name = "TooMuch";
    this.excess = excess;
    this.waitMs = waitMs ?? WAITS_MS[excess] ?? null;
  }
}

/** What is full now has room again when those before it have gone. */
const WAITS_MS: Partial<Record<Excess, number>> = { memory: 10_000, busy: 2000 };

export const STATUS = {
  bytes: 413,
  fields: 413,
  files: 413,
  "no-files": 415,
  "media-type": 415,
  malformed: 400,
  slow: 408,
  memory: 503,
  query: 414,
  tries: 429,
  busy: 503,
} as const satisfies Record<Excess, number>;
