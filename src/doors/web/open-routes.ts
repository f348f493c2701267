import type { Hono } from "hono";
import { entryOf } from "#doors/enter";
import { inTurn } from "#doors/route-name";
import { TooMuch } from "#doors/too-much";
import { mayEnter, type Access } from "./access.ts";
import { notAllowedPage } from "./error-pages.ts";
import { redraw } from "./redraw.ts";
import type { Route, Visited } from "./route.ts";
import { signInFirst } from "./sign-in-first.ts";
import { tooMuchPage } from "./too-much-page.ts";
import type { Visit } from "./visit.ts";

/** Opens the routes of this door. Whoever may not enter, or asks too much, is shown why before the page's own code runs. */
export function openRoutes(app: Hono<Visited>, routes: readonly Route[]): void {
  for (const route of inTurn(routes)) {
    app.on(route.method, route.path, async (context) => {
      const visit = context.get("visit");
      const entry = entryOf(context, route.kind, visit.limits, { town: visit.town.id, address: visit.address });
      context.set("entry", entry);
      try {
        return await entry.enter(async () => (await whyNotEnter(visit, route.who)) ?? answer(visit, route));
      } catch (error) {
        if (error instanceof TooMuch) return tooMuchPage(visit, error);
        throw error;
      }
    });
  }
}

function answer(visit: Visit, route: Route): Response | Promise<Response> {
  return visit.redraws ? redraw(visit, route.answer) : route.answer(visit);
}

async function whyNotEnter(visit: Visit, access: Access): Promise<Response | null> {
  if (access === "anyone") return null;
  if (visit.officer === null) return signInFirst(visit);
  return mayEnter(visit.officer, access) ? null : notAllowedPage(visit);
}
