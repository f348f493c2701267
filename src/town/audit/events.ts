import { z } from "zod";
import { ANY_SUBJECT, appenderOf, kind, log, maybe, OF_THE_TOWN, page, sealed, tellsNoRow } from "./kind.ts";

const text = z.string();
/** What is done to the list of events itself. */
export const AUDIT_EVENTS = {
  /** Of every day, so that it tells nothing but that nothing sealed was changed since. */
  "sealed.committed": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: { until: log(text) },
    words: { digest: "sealed" },
    retell: tellsNoRow,
  }),
  "text.redacted": kind({
    ...OF_THE_TOWN,
    subject: ANY_SUBJECT,
    /** `unit`: of the officer who did it; none at the command line. */
    facts: { event: log(text), field: log(text), unit: maybe(page(text)) },
    /** `left`: the words as they stand since, where only some were covered. Sealed, for so were perhaps the words themselves. */
    words: { reason: "page", left: ["sealed", "later"], unitName: ["log", "later"] },
    inStory: true,
    retell: tellsNoRow,
  }),
  "log.exported": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: {
      verb: log(text.nullable()),
      officer: sealed(text.nullable()),
      subject: sealed(text.nullable()),
      from: log(text.nullable()),
      to: log(text.nullable()),
      lines: log(z.number()),
    },
    words: {},
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(AUDIT_EVENTS);
