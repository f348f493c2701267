import type { Html } from "./html.ts";
import type { Visit } from "./visit.ts";

/** A part of a page, for the script of a page that stands open; nothing keeps it. */
export function similarPart(visit: Visit, part: Html): Response {
  return visit.context.html(part, 200, { "cache-control": "no-store", "x-part": "similar" });
}
