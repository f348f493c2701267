import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isDiskFull } from "#platform/room";
import { Refusal, type RefusalCode } from "#refusals";
import { errorPage } from "./error-pages.ts";
import type { Visit } from "./visit.ts";

/** A refusal as a page of its own: for doors that have no form to show it in. */
export function refusalPage(visit: Visit, code: RefusalCode): Promise<Response> {
  return errorPage(visit, statusOf(code), visit.words.refusals.title, visit.words.refusals.codes[code]);
}

/** Why the town said no; null when it did not, and something else went wrong. */
export function refusalOf(error: unknown): RefusalCode | null {
  if (error instanceof Refusal) return error.code;
  return isDiskFull(error) ? "disk/full" : null;
}

export function statusOf(code: RefusalCode): ContentfulStatusCode {
  if (code.endsWith("/unknown")) return 404;
  if (code === "officer/not-allowed") return 403;
  if (code === "disk/full") return 507;
  if (TOO_MUCH.has(code)) return 413;
  if (code === "file/not-an-image" || code === "file/heic-unreadable") return 415;
  if (code === "sign-in/busy" || code === "file/busy" || code === "file/too-many-waiting") return 503;
  if (code === "sign-in/locked") return 429;
  return 409;
}

const TOO_MUCH: ReadonlySet<RefusalCode> = new Set(["file/too-large", "file/too-many", "file/too-many-pixels", "file/too-heavy"]);
