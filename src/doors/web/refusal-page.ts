import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RefusalCode } from "#refusals";
import { errorPage } from "./error-pages.ts";
import type { Visit } from "./visit.ts";

/** A refusal as a page of its own: for doors that have no form to show it in. */
export function refusalPage(visit: Visit, code: RefusalCode): Promise<Response> {
  return errorPage(visit, statusOf(code), visit.words.refusals.title, visit.words.refusals.codes[code]);
}

export function statusOf(code: RefusalCode): ContentfulStatusCode {
  if (code.endsWith("/unknown")) return 404;
  if (code === "officer/not-allowed") return 403;
  if (code === "disk/full") return 507;
  if (code === "sign-in/busy") return 503;
  if (code === "file/too-large" || code === "file/too-many") return 413;
  if (code === "file/not-an-image") return 415;
  if (code === "sign-in/locked") return 429;
  return 409;
}
