import type { Hono } from "hono";
import { entryOf, type Entry } from "#doors/enter";
import { TooMuch } from "#doors/too-much";
import { hasDuty } from "#people/officer";
import { ACCESS, type Access, type RouteName } from "./access.ts";
import { notAllowedPage } from "./error-pages.ts";
import { redraw } from "./redraw.ts";
import { signInFirst } from "./sign-in-first.ts";
import { tooMuchPage } from "./too-much-page.ts";
import type { Visit } from "./visit.ts";

export type Visited = { Variables: { visit: Visit; entry: Entry } };
export type Page = (visit: Visit) => Response | Promise<Response>;

/** Opens a route of the access table. Whoever may not enter, or asks too much, is shown why before the page's own code runs. */
export function route(app: Hono<Visited>, name: RouteName, page: Page): void {
  const [method, path] = name.split(" ");
  if (method === undefined || path === undefined) throw new Error(`couldn't open route ${name}: not a method and a path`);
  const { who, kind } = ACCESS[name];
  app.on(method, path, async (context) => {
    const visit = context.get("visit");
    const entry = entryOf(context, kind, visit.limits, { town: visit.town.id, address: visit.address });
    context.set("entry", entry);
    try {
      return await entry.enter(async () => (await whyNotEnter(visit, who)) ?? (visit.redraws ? redraw(visit, page) : page(visit)));
    } catch (error) {
      if (error instanceof TooMuch) return tooMuchPage(visit, error);
      throw error;
    }
  });
}

async function whyNotEnter(visit: Visit, access: Access): Promise<Response | null> {
  if (access === "anyone") return null;
  if (visit.officer === null) return signInFirst(visit);
  if (access === "officer" || hasDuty(visit.officer, ...access)) return null;
  return notAllowedPage(visit);
}
