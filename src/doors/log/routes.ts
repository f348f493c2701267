import type { Kind } from "#doors/bounds";

/** Every route of this door, and what a request to it may cost. */
export const LOG_ROUTES = {
  "GET /log/checkpoint": "page",
  "GET /log/vkey": "page",
  "GET /log/tile/*": "page",
  "GET /log/opening/:leaf": "page",
  "GET /log/problem/:file": "proof",
  "GET /log/consistency/:file": "proof",
  "GET /log/receipt/:kind/:file": "proof",
  "POST /witness/add-checkpoint": "cosignature",
  "GET /witness/vkey": "page",
} as const satisfies Record<string, Kind>;

export type LogRoute = keyof typeof LOG_ROUTES;
