import type { Subject } from "./append-event.ts";

/** The subject of what concerns the town as a whole: there is one town to an event, so it needs no id of its own. */
export const THE_TOWN = { kind: "town", id: "00000000-0000-0000-0000-000000000000" } as const satisfies Subject;
export const THE_POLICY = { kind: "policy", id: "00000000-0000-0000-0000-000000000000" } as const satisfies Subject;
export const THE_CALENDAR = { kind: "calendar", id: "00000000-0000-0000-0000-000000000000" } as const satisfies Subject;
