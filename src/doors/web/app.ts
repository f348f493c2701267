import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { requestId } from "hono/request-id";
import { keeping } from "#doors/keeping";
import type { RouteName } from "#doors/route-name";
import { openLimits, type Limits } from "#doors/limits";
import { countAside } from "#log/queries";
import { assetRoutes } from "./asset-routes.ts";
import { edge } from "./edge.ts";
import { notFoundPage } from "./error-pages.ts";
import { openRoutes } from "./open-routes.ts";
import type { Program } from "./program.ts";
import { packing } from "./packing.ts";
import type { Route, Visited } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { safeHeaders } from "./safe-headers.ts";
import { setUpRoutes } from "./set-up/routes.ts";
import { welcome } from "./welcome.ts";

/** The web door: public pages, the office, and what every request passes on its way in and out. */
export function webApp(program: Program, limits: Limits = openLimits()): Hono<Visited> {
  const app = new Hono<Visited>();
  app.use(requestId());
  app.use(safeHeaders(program.origin));
  app.onError(edge(program, limits));
  app.get("/healthz", (context) => context.text("ok\n", 200, { "cache-control": "no-store" }));
  app.get("/readyz", async (context) => {
    if (!(await program.isReady())) return context.text("not ready\n", 503, { "cache-control": "no-store" });
    const aside = await countAside(program.db);
    const lines = ["ok", ...aside.map(({ town, follower, leaves }) => `set aside: ${town} ${follower} ${leaves}`)];
    return context.text(`${lines.join("\n")}\n`, 200, { "cache-control": "no-store" });
  });
  assetRoutes(app);
  app.use(packing());
  app.use(keeping(isPrivate));
  setUpRoutes(app, program, limits);
  app.use(welcome(program, limits, new Map<RouteName, Route>(ROUTES.map((route) => [route.name, route]))));
  app.use(csrf({ origin: (origin) => origin === program.origin.origin }));
  openRoutes(app, ROUTES);
  app.notFound((context) => notFoundPage(context.get("visit")));
  return app;
}

/** Pages of somebody: an officer, a reporter, whoever is writing one. */
function isPrivate(path: string): boolean {
  return /^\/(office|report|receipt|track|set-up|language|view)(\/|$)/.test(path);
}
