import { MOST_PHOTOS, PHOTO_BOUNDS } from "#evidence/bounds";
import { HOUR_MS } from "#platform/instant";

/** How often something may be tried in a while. */
export type Allowance = { readonly tries: number; readonly everyMs: number };

/**
 * What one request of a kind may cost, counted before it is paid: a body's bytes while they arrive, its fields before they
 * are parsed, tries before the page's own code runs.
 */
export type Bounds = {
  /** Of the body; 0: the kind has none. */
  readonly bytes: number;
  /** Fields of a form, members of a JSON body; files count too. */
  readonly fields: number;
  /** Files among them; 0: a multipart body is refused unread. */
  readonly files: number;
  /** Requests from one address (of IPv6 the /64), and to one town. */
  readonly perAddress: Allowance | null;
  readonly perTown: Allowance | null;
  /** Only tries that turned out wrong: after these the address is slowed, and its wrong ones are refused. */
  readonly wrong: Allowance | null;
  /** Requests under way: from one address, and in all. Null where the number of connections is bound enough. */
  readonly atOnce: Both | null;
  /** Bytes of bodies in memory: from one address, and in all. Null where there are no bodies. */
  readonly heldBytes: Both | null;
};

export type Both = { readonly perAddress: number; readonly inAll: number };

const KB = 1024;
const MB = 1024 * KB;
const TEN_MINUTES_MS = 600_000;

const READS = { bytes: 0, fields: 0, files: 0, perAddress: null, perTown: null, wrong: null, atOnce: null, heldBytes: null };

const WORDS = { ...READS, bytes: 256 * KB, fields: 100, heldBytes: { perAddress: 64 * MB, inAll: 256 * MB } };

/** As many photos as one form takes, and as many more, of which the form says one by one that they are too many. */
const PHOTOS = {
  ...WORDS,
  bytes: MOST_PHOTOS * PHOTO_BOUNDS.bytes + MB,
  files: 2 * MOST_PHOTOS,
  heldBytes: { perAddress: 256 * MB, inAll: 512 * MB },
};

const every = (everyMs: number, tries: number): Allowance => ({ tries, everyMs });

/**
 * The one table of what requests may cost. Every route of every door names its kind, so a route without bounds does not
 * compile. Numbers per address let a village behind its carrier's one address through on the day everybody writes.
 */
export const BOUNDS = {
  /** Reads a page, a file, a list. */
  page: READS,
  /** Reads what stands on many pages as one file. */
  table: { ...READS, perAddress: every(TEN_MINUTES_MS, 120), atOnce: { perAddress: 2, inAll: 4 } },
  /** Reads what takes many queries to put together. */
  proof: { ...READS, atOnce: { perAddress: 16, inAll: 64 } },
  /** Draws a picture for whoever asks: a tenth of a second of a core and more. */
  picture: { ...READS, perAddress: every(TEN_MINUTES_MS, 600), atOnce: { perAddress: 16, inAll: 32 } },
  /** An answer on the way to a report. */
  draft: { ...WORDS, perAddress: every(TEN_MINUTES_MS, 6000), perTown: every(TEN_MINUTES_MS, 60_000) },
  "draft-photos": { ...PHOTOS, perAddress: every(TEN_MINUTES_MS, 600), perTown: every(TEN_MINUTES_MS, 12_000) },
  /** Sends a report, through whichever door. */
  report: { ...WORDS, bytes: 64 * KB, perAddress: every(TEN_MINUTES_MS, 1200), perTown: every(TEN_MINUTES_MS, 12_000) },
  /** What one key of a device or a program sends; "address" is the key's holder. */
  key: { ...READS, perAddress: every(TEN_MINUTES_MS, 600) },
  "me-too": { ...WORDS, bytes: 16 * KB, fields: 20, perAddress: every(HOUR_MS, 300), perTown: every(HOUR_MS, 12_000) },
  /** Looks for what may be the same while somebody types: once for each rest of the hand, and a village types behind one address. */
  similar: {
    ...WORDS,
    bytes: 16 * KB,
    fields: 20,
    perAddress: every(TEN_MINUTES_MS, 3000),
    perTown: every(TEN_MINUTES_MS, 30_000),
    atOnce: { perAddress: 16, inAll: 32 },
  },
  objection: { ...WORDS, fields: 20, perAddress: every(HOUR_MS, 60), perTown: every(HOUR_MS, 6000) },
  /** A receipt code: a right one opens always, wrong ones slow their address. */
  "receipt-code": { ...WORDS, wrong: every(TEN_MINUTES_MS, 20), atOnce: { perAddress: 256, inAll: 1024 } },
  /** What somebody with a receipt says about their report. */
  story: { ...WORDS, perAddress: every(TEN_MINUTES_MS, 1200), perTown: every(TEN_MINUTES_MS, 12_000) },
  "story-photos": { ...PHOTOS, perAddress: every(TEN_MINUTES_MS, 600), perTown: every(TEN_MINUTES_MS, 12_000) },
  /** Signing in carries the form that was being sent when the session was over. Wrong passwords are the room's to count. */
  "sign-in": { ...PHOTOS, fields: 2100, perAddress: every(TEN_MINUTES_MS, 1200), atOnce: { perAddress: 64, inAll: 256 } },
  /** An officer's form. */
  act: { ...WORDS, fields: 300, perAddress: every(TEN_MINUTES_MS, 6000) },
  "act-photos": { ...PHOTOS, fields: 300, perAddress: every(TEN_MINUTES_MS, 1200) },
  /** Many problems in one form. */
  bulk: { ...WORDS, bytes: 512 * KB, fields: 2000, perAddress: every(TEN_MINUTES_MS, 600) },
  /** Puts a whole file together. */
  export: { ...WORDS, bytes: 512 * KB, fields: 1000, perAddress: every(TEN_MINUTES_MS, 120), atOnce: { perAddress: 4, inAll: 4 } },
  /** Another town's log asks for a cosignature. */
  cosignature: { ...WORDS, bytes: 64 * KB, fields: 0, perAddress: every(TEN_MINUTES_MS, 600) },
  "set-up": { ...WORDS, bytes: 64 * KB, perAddress: every(TEN_MINUTES_MS, 120) },
} as const satisfies Record<string, Bounds>;

export type Kind = keyof typeof BOUNDS;

export const KINDS: readonly Kind[] = Object.keys(BOUNDS).filter((name): name is Kind => Object.hasOwn(BOUNDS, name));

/** The bounds of a kind, as the code that keeps them reads them. */
export function boundsOf(kind: Kind): Bounds {
  return BOUNDS[kind];
}

/** Of every address, whatever its kind. */
export const QUERY = { bytes: 8 * KB, fields: 200 } as const;

/** Of every connection, before and around its requests. A proxy in front is no address: it speaks for many. */
export const CONNECTIONS = {
  /** A browser opens six at most, and leaves them within `idleMs`. 2,500 open ones took 115 MB, floods that came with them included. */
  open: { perAddress: 512, inAll: 4096 },
  /** Requests sent before the one ahead of them was answered; browsers send none. */
  ahead: 8,
  headerBytes: 16 * KB,
  headersMs: 10_000,
  /** A whole request: six photos of 15 MB at 1.2 Mbit a second. */
  requestMs: TEN_MINUTES_MS,
  /** Between two requests. */
  idleMs: 10_000,
  /** Neither side sends: a reader who takes nothing; a burst that stands in line for its turn takes less. */
  silentMs: 300_000,
  /** How often all this is looked at. */
  lookMs: 2000,
} as const;

export type ConnectionBounds = { readonly [name in Exclude<keyof typeof CONNECTIONS, "open">]: number } & { readonly open: Both };

/** Of every body, while it is read: some time free, then on the average no slower than this (64 kbit a second). */
export const BODY_PACE = { freeMs: 30_000, bytesPerMs: 8, lookMs: 1000 } as const;

/** Of every JSON body: how far its lists and objects may stand inside each other. */
export const JSON_DEPTH = 8;
