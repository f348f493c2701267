import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { Limits } from "#doors/limits";
import { DatabaseAway, why } from "#platform/away";
import { isDiskFull } from "#platform/room";
import { Refusal } from "#refusals";
import { awayPage } from "./away-page.ts";
import { errorPage } from "./error-pages.ts";
import type { Program } from "./program.ts";
import { fullDiskPage } from "./full-disk-page.ts";
import { refusalPage } from "./refusal-page.ts";
import type { Visited } from "./route.ts";

/** The outermost edge: a refusal is worded, a fault is logged once with the request's id, and nobody sees a stack. */
export function edge(program: Program, limits: Limits): ErrorHandler<Visited> {
  return async (error, context) => {
    if (error instanceof DatabaseAway) {
      program.log.warn({ request: context.get("requestId"), why: why(error) }, "the database is away");
      return awayPage(program, limits, context, "visit" in context.var ? context.get("visit") : null);
    }
    if (!("visit" in context.var)) {
      program.log.error({ err: error, request: context.get("requestId") }, "couldn't answer");
      return context.text("Something went wrong. 系统出了点问题。\n", 500);
    }
    const visit = context.get("visit");
    const { errors } = visit.words.common;
    if (isFull(error)) return fullDiskPage(visit);
    if (error instanceof Refusal) return refusalPage(visit, error.code);
    if (error instanceof HTTPException) {
      if (error.status === 403) return errorPage(visit, 403, errors.crossSite, errors.badRequestHint);
      return errorPage(visit, 400, errors.badRequest, errors.badRequestHint);
    }
    if (isNoText(error)) return errorPage(visit, 400, errors.badRequest, errors.badRequestHint);
    // The route, not the address: the address of a receipt opens it.
    program.log.error({ err: error, request: context.get("requestId"), route: routePath(context, -1) }, "couldn't answer");
    return errorPage(visit, 500, errors.fault, `${errors.faultHint} ${context.get("requestId")}`);
  };
}

function isFull(error: Error): boolean {
  return error instanceof Refusal ? error.code === "disk/full" : isDiskFull(error);
}

// 22021 (character_not_in_repertoire): a NUL where no parser looked, as in a number of a problem. It was never text.
function isNoText(error: Error): boolean {
  return "code" in error && error.code === "22021";
}
