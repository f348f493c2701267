import { z } from "zod";
import { appenderOf, kind, log, OF_THE_TOWN, tellsNoRow } from "#audit/kind";

const vkey = log(z.string());
const ABOUT_A_LOG = { ...OF_THE_TOWN, subject: "town", words: {}, retell: tellsNoRow } as const;

/** Who watches whose log. */
export const PROOF_EVENTS = {
  "log.watched": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "log.unwatched": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "witness.added": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
  "witness.removed": kind({ ...ABOUT_A_LOG, facts: { vkey } }),
};

export const appendEvent = appenderOf(PROOF_EVENTS);
