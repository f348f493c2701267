import { z } from "zod";
import { appenderOf, kind, log, maybe, OF_THE_TOWN, sealed, tellsNoRow } from "#audit/kind";

/** Hashes were facts once, in events that had no place in the log yet. */
const hash = maybe(sealed(z.string()));

/** A file's id is made of its hash, by which whoever holds a photo could tell that it was sent in: no leaf names it. */
const ABOUT_A_FILE = { ...OF_THE_TOWN, leaf: "unnamed", subject: "file" } as const;

/** What happens to files, whatever they are used for. */
export const EVIDENCE_EVENTS = {
  "file.added": kind({
    ...ABOUT_A_FILE,
    facts: { sha256: hash, original: maybe(sealed(z.string().nullable())) },
    words: { sha256: "file", original: "sealed" },
    retell: tellsNoRow,
  }),
  "file.forgotten": kind({ ...ABOUT_A_FILE, facts: { sha256: hash }, words: { sha256: "file" }, retell: tellsNoRow }),
  "file.blacked-out": kind({
    ...ABOUT_A_FILE,
    facts: { rectangles: log(z.number()), sha256: hash, copy: hash },
    words: { sha256: "file", copy: "file", reason: "log" },
    retell: tellsNoRow,
  }),
  "file.redacted": kind({
    ...ABOUT_A_FILE,
    facts: { sha256: hash },
    words: { sha256: "file", reason: "log" },
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(EVIDENCE_EVENTS);
