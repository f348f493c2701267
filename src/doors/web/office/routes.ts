import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";

/** Opens every page of this side of the house. */
export function officeRoutes(_app: Hono<Visited>): void {}
