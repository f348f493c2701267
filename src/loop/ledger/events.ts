import { appenderOf } from "#audit/kind";
import { ASKED_EVENTS } from "./asked-events.ts";
import { CAMPAIGN_EVENTS } from "./campaign-events.ts";
import { PROBLEM_EVENTS } from "./problem-events.ts";

/** Every kind of event that this room's commands append. */
export const LEDGER_EVENTS = { ...PROBLEM_EVENTS, ...ASKED_EVENTS, ...CAMPAIGN_EVENTS };

export const appendEvent = appenderOf(LEDGER_EVENTS);
