import { gzipSync } from "node:zlib";
import type { Context, MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { hasAlready, keepNowhere } from "#doors/keeping";
import { utf8 } from "#platform/utf8";

const SMALLEST_BYTES = 1024;
const LEVEL = 4;

/** Answers go out compressed. A page is packed where it is written (`pageAs`); whatever else is text is packed here. */
export function packing(): MiddlewareHandler {
  const pack = compress();
  return async (context, next) => {
    context.header("vary", "accept-encoding, accept-language, cookie");
    await next();
    if (context.get("isPage") === true || context.req.header("accept-encoding") === undefined) return;
    await pack(context, async () => {});
  };
}

/** A written page as the answer, or word that the browser has it; packed when it reads gzip: in one piece, a page is a few kilobytes. */
export function pageAs(context: Context, page: string, status: ContentfulStatusCode): Response {
  context.set("isPage", true);
  if (status !== 200) keepNowhere(context);
  const body = utf8(page);
  if (hasAlready(context, body)) return context.body(null, 304);
  const isRead = /\bgzip\b/.test(context.req.header("accept-encoding") ?? "");
  if (!isRead || body.length < SMALLEST_BYTES) return context.body(body, status, { "content-type": "text/html; charset=UTF-8" });
  return context.body(gzipSync(body, { level: LEVEL }), status, { "content-type": "text/html; charset=UTF-8", "content-encoding": "gzip" });
}
