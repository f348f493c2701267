import { z } from "zod";
import { appenderOf, kind, later, log, OF_THE_TOWN, tellsNoRow } from "#audit/kind";

const fields = log(z.array(z.string()));

/**
 * What happens in the vault. The log tells who looked and why, never whose identity it was; what lies in the vault is sealed, so no row of
 * it is told again.
 */
export const VAULT_EVENTS = {
  "identity.looked-at": kind({
    subject: "report",
    facts: { reasonClass: log(z.string()) },
    words: {},
    inStory: false,
    names: "log",
    leaf: "unnamed",
    retell: tellsNoRow,
  }),
  "identity.called": kind({
    subject: "report",
    facts: { reasonClass: log(z.string()) },
    words: {},
    inStory: false,
    names: "log",
    leaf: "unnamed",
    retell: tellsNoRow,
  }),
  "identity.searched": kind({
    subject: "town",
    facts: { found: log(z.number()), reasonClass: later(log(z.string())) },
    words: {},
    inStory: false,
    names: "log",
    leaf: "unnamed",
    retell: tellsNoRow,
  }),
  "identity.corrected": kind({ ...OF_THE_TOWN, leaf: "unnamed", subject: "report", facts: { fields }, words: {}, retell: tellsNoRow }),
  "identity.erased": kind({
    ...OF_THE_TOWN,
    leaf: "unnamed",
    subject: "report",
    facts: { because: log(z.string()), fields },
    words: { report: "sealed" },
    retell: tellsNoRow,
  }),
};

export const appendEvent = appenderOf(VAULT_EVENTS);
