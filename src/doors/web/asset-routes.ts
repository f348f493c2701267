import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { join } from "node:path";
import { ROOT } from "#platform/root";
import type { Visited } from "./route.ts";

/** Built files: their names carry a hash of their content, so a browser keeps them for ever. */
export function assetRoutes(app: Hono<Visited>): void {
  app.use(
    "/assets/*",
    serveStatic({
      root: join(ROOT, "dist"),
      precompressed: true,
      onFound: (_path, context) => context.header("cache-control", "public, max-age=31536000, immutable"),
    }),
  );
  app.get("/assets/*", (context) => context.text("not found\n", 404));
}
