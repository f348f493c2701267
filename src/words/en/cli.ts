import type { Words } from "#words/words";

const refusals: Words["cli"]["refusals"] = {
  "officer/unknown": "There is no such login",
  "officer/disabled": "This account is closed already",
  "unit/unknown": "There is no such unit",
};

export const cli: Words["cli"] = { refusals };
