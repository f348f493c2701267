import { z } from "zod";
import { appenderOf, kind, log, OF_THE_TOWN, tellsNoRow } from "#audit/kind";

/** What was taken out of the ledger as a file. */
export const PUBLICATION_EVENTS = {
  "problems.exported": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: { count: log(z.number()) },
    words: { filter: "sealed" },
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(PUBLICATION_EVENTS);
