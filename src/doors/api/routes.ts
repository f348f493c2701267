import type { Kind } from "#doors/bounds";

/** Every route of this door, and what a request to it may cost. */
export const API_ROUTES = {
  "GET /api/openapi.json": "page",
  "GET /api/v1/openapi.json": "page",
  "GET /api/v1/problems": "page",
  "GET /api/v1/problems/:number": "page",
  "GET /api/v1/problems/:number/events": "page",
  "GET /api/v1/figures": "page",
  "GET /api/v1/directory": "page",
  "POST /api/v1/reports": "report",
  "POST /api/v1/receipts": "receipt-code",
} as const satisfies Record<string, Kind>;

export type ApiRoute = keyof typeof API_ROUTES;

/** The addresses, each with the methods it knows. */
export const API_PATHS: ReadonlyMap<string, string> = new Map(
  Object.keys(API_ROUTES).map((name) => {
    const [method = "", path = ""] = name.split(" ");
    return [path, method === "GET" ? "GET, HEAD, OPTIONS" : method];
  }),
);
