import type { Hono } from "hono";
import { hasDuty } from "#people/officer";
import { ACCESS, type Access, type RouteName } from "./access.ts";
import { notAllowedPage } from "./error-pages.ts";
import { signInFirst } from "./sign-in-first.ts";
import type { Visit } from "./visit.ts";

export type Visited = { Variables: { visit: Visit } };
export type Page = (visit: Visit) => Response | Promise<Response>;

/** Opens a route of the access table. Whoever may not enter is shown why, before the page's own code runs. */
export function route(app: Hono<Visited>, name: RouteName, page: Page): void {
  const [method, path] = name.split(" ");
  if (method === undefined || path === undefined) throw new Error(`couldn't open route ${name}: not a method and a path`);
  app.on(method, path, async (context) => {
    const visit = context.get("visit");
    return (await whyNotEnter(visit, ACCESS[name])) ?? page(visit);
  });
}

async function whyNotEnter(visit: Visit, access: Access): Promise<Response | null> {
  if (access === "anyone") return null;
  if (visit.officer === null) return signInFirst(visit);
  if (access === "officer" || hasDuty(visit.officer, ...access)) return null;
  return notAllowedPage(visit);
}
