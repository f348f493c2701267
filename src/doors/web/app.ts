import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { assetRoutes } from "./asset-routes.ts";
import { edge } from "./edge.ts";
import { notFoundPage } from "./error-pages.ts";
import { officeRoutes } from "./office/routes.ts";
import type { Program } from "./program.ts";
import { publicRoutes } from "./public/routes.ts";
import type { Visited } from "./route.ts";
import { setUpRoutes } from "./set-up/routes.ts";
import { welcome } from "./welcome.ts";

const LARGEST_FORM_BYTES = 6 * 15 * 1024 * 1024 + 1024 * 1024;

/** The web door: public pages, the office, and what every request passes on its way in and out. */
export function webApp(program: Program): Hono<Visited> {
  const app = new Hono<Visited>();
  app.use(requestId());
  app.use(secureHeaders({ ...SECURE_HEADERS, strictTransportSecurity: program.origin.protocol === "https:" }));
  app.onError(edge(program));
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/readyz", async (context) => ((await program.isReady()) ? context.text("ok\n") : context.text("not ready\n", 503)));
  assetRoutes(app);
  app.use(compress());
  setUpRoutes(app, program);
  app.use(welcome(program));
  app.use(csrf({ origin: (origin) => origin === program.origin.origin }));
  app.use(bodyLimit({ maxSize: LARGEST_FORM_BYTES }));
  publicRoutes(app);
  officeRoutes(app);
  app.notFound((context) => notFoundPage(context.get("visit")));
  return app;
}

const SECURE_HEADERS = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The hash is that of the one style Turbo writes into office pages, its progress bar's; a journey fails when it moves.
    styleSrc: ["'self'", "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='"],
    imgSrc: ["'self'", "data:", "blob:"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // Receipts and report pages must not leak their address to anyone.
  referrerPolicy: "same-origin",
  xFrameOptions: "DENY",
  permissionsPolicy: { geolocation: ["self"], camera: [], microphone: [] },
};
