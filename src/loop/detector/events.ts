import { z } from "zod";
import { appenderOf, kind, later, log, page } from "#audit/kind";
import { FLAG_KINDS } from "./flag.ts";

const facts = { flag: log(z.string()), kind: page(z.enum(FLAG_KINDS)) };

/** Reasons to look at a closing again, and what a verifier said of them. */
export const DETECTOR_EVENTS = {
  "flag.raised": kind({
    subject: "problem",
    facts,
    words: {},
    inStory: true,
    names: "unit",
    leaf: "whole",
    retell({ at, subject, facts }, rows) {
      rows.add("detector.flag", { id: facts.flag, problem: subject, kind: facts.kind, raised_at: at });
    },
  }),
  "flag.cleared": kind({
    subject: "problem",
    facts: { ...facts, unit: later(page(z.string())) },
    words: { reason: "page", verifier: "sealed", unitName: ["log", "later"] },
    inStory: true,
    names: "page",
    leaf: "whole",
    retell({ at, by, facts, words }, rows) {
      rows.add("detector.clearing", { flag: facts.flag, reason: words.reason, cleared_at: at, cleared_by: by ?? undefined });
    },
  }),
};

export const appendEvent = appenderOf(DETECTOR_EVENTS);
