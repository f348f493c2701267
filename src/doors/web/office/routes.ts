import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";
import { callPages } from "./calls/call-pages.ts";
import { deskPages } from "./desk/desk-pages.ts";
import { flagClearing } from "./flags/flag-pages.ts";
import { inboxPages } from "./inbox/inbox-pages.ts";
import { triagePages } from "./inbox/triage-pages.ts";
import { ledgerListPages } from "./ledger/bulk-pages.ts";
import { peoplePages } from "./people/people-pages.ts";
import { photoPages } from "./photos/photo-pages.ts";
import { todayPages } from "./today.ts";

/** Opens every page of this side of the house. */
export function officeRoutes(app: Hono<Visited>): void {
  callPages(app);
  deskPages(app);
  inboxPages(app);
  triagePages(app);
  ledgerListPages(app);
  peoplePages(app);
  flagClearing(app);
  photoPages(app);
  todayPages(app);
}
