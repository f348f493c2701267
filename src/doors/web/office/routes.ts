import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";
import { todayPages } from "./today.ts";

/** Opens every page of this side of the house. */
export function officeRoutes(app: Hono<Visited>): void {
  todayPages(app);
}
