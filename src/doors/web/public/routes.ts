import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";
import { feedPages } from "./feed.ts";
import { figurePages } from "./figures.ts";
import { filePages } from "./files.ts";
import { flagPages } from "./flags.ts";
import { homePages } from "./home.ts";
import { ledgerPages } from "./ledger.ts";
import { logPages } from "./log/pages.ts";
import { problemPages } from "./problem.ts";
import { receiptPages } from "./receipt.ts";
import { reportPages } from "./report/routes.ts";
import { trackPages } from "./track/routes.ts";
import { viewPages } from "./view.ts";

/** Opens every page of this side of the house. */
export function publicRoutes(app: Hono<Visited>): void {
  homePages(app);
  ledgerPages(app);
  feedPages(app);
  problemPages(app);
  figurePages(app);
  filePages(app);
  flagPages(app);
  logPages(app);
  viewPages(app);
  receiptPages(app);
  reportPages(app);
  trackPages(app);
}
