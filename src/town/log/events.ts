import { z } from "zod";
import { appenderOf, kind, log, maybe, OF_THE_TOWN, tellsNoRow } from "#audit/kind";

/** The key by which the town signs its log. */
export const LOG_EVENTS = {
  "log.key-rotated": kind({
    ...OF_THE_TOWN,
    subject: "town",
    words: {},
    retell: tellsNoRow,
    facts: {
      to: log(z.string()),
      from: maybe(log(z.string().nullable())),
      started: maybe(log(z.boolean())),
      lost: maybe(log(z.boolean())),
    },
  }),
};

export const appendEvent = appenderOf(LOG_EVENTS);
