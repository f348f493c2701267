import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { requestId } from "hono/request-id";
import { assetRoutes } from "./asset-routes.ts";
import { edge } from "./edge.ts";
import { notFoundPage } from "./error-pages.ts";
import { officeRoutes } from "./office/routes.ts";
import type { Program } from "./program.ts";
import { publicRoutes } from "./public/routes.ts";
import { packing } from "./packing.ts";
import type { Visited } from "./route.ts";
import { safeHeaders } from "./safe-headers.ts";
import { setUpRoutes } from "./set-up/routes.ts";
import { welcome } from "./welcome.ts";

const LARGEST_FORM_BYTES = 6 * 15 * 1024 * 1024 + 1024 * 1024;

/** The web door: public pages, the office, and what every request passes on its way in and out. */
export function webApp(program: Program): Hono<Visited> {
  const app = new Hono<Visited>();
  app.use(requestId());
  app.use(safeHeaders(program.origin));
  app.onError(edge(program));
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/readyz", async (context) => ((await program.isReady()) ? context.text("ok\n") : context.text("not ready\n", 503)));
  assetRoutes(app);
  app.use(packing());
  setUpRoutes(app, program);
  app.use(welcome(program));
  app.use(csrf({ origin: (origin) => origin === program.origin.origin }));
  app.post("*", bodyLimit({ maxSize: LARGEST_FORM_BYTES }));
  publicRoutes(app);
  officeRoutes(app);
  app.notFound((context) => notFoundPage(context.get("visit")));
  return app;
}
