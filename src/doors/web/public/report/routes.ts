import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";
import { checkPages } from "./check.ts";
import { contactPages } from "./contact.ts";
import { photosPages } from "./photos.ts";
import { startPages } from "./start.ts";
import { whatPages } from "./what.ts";
import { wherePages } from "./where.ts";

/** Everything between "I have a problem" and a receipt. */
export function reportPages(app: Hono<Visited>): void {
  startPages(app);
  whatPages(app);
  wherePages(app);
  photosPages(app);
  contactPages(app);
  checkPages(app);
}
