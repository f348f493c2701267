import { z } from "zod";
import { appenderOf, kind, log, maybe, OF_THE_TOWN, tellsNoRow } from "#audit/kind";

const vkey = log(z.string());
const ABOUT_A_LOG = { ...OF_THE_TOWN, subject: "town", words: {}, retell: tellsNoRow } as const;

/** The key by which the town signs its log, and who watches whom. */
export const PROOF_EVENTS = {
  "log.key-rotated": kind({
    ...ABOUT_A_LOG,
    facts: {
      to: log(z.string()),
      from: maybe(log(z.string().nullable())),
      started: maybe(log(z.boolean())),
      lost: maybe(log(z.boolean())),
    },
  }),
  "log.watched": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "log.unwatched": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "witness.added": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "witness.removed": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
};

export const appendEvent = appenderOf(PROOF_EVENTS);
