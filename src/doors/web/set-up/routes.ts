import type { Hono } from "hono";
import type { Program } from "#doors/web/program";
import type { Visited } from "#doors/web/route";

/** The set-up page, open only until the first town exists and only with the link printed at start. */
export function setUpRoutes(_app: Hono<Visited>, _program: Program): void {}
