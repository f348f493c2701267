import type { Hono } from "hono";
import { logPages } from "#doors/web/office/log/log";
import { passwordPages } from "#doors/web/office/password";
import { profilePages } from "#doors/web/office/profile";
import { secondStepPages } from "#doors/web/office/second-step";
import { signInPages } from "#doors/web/office/sign-in";
import type { Visited } from "#doors/web/route";
import { calendarPages } from "./calendar.ts";
import { campaignPages } from "./campaigns.ts";
import { categoryPages } from "./categories.ts";
import { officerPages } from "./officer.ts";
import { officersPages } from "./officers.ts";
import { policyPages } from "./policy.ts";
import { unitPages } from "./units.ts";
import { villagePages } from "./villages.ts";

/** Signing in, accounts, units, rules, the log. One account comes last: its address would take the others' for an id. */
export function peoplePages(app: Hono<Visited>): void {
  signInPages(app);
  secondStepPages(app);
  passwordPages(app);
  profilePages(app);
  unitPages(app);
  villagePages(app);
  categoryPages(app);
  calendarPages(app);
  policyPages(app);
  campaignPages(app);
  logPages(app);
  officersPages(app);
  officerPages(app);
}
