import { hash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";

/** Kept by whoever likes, and asked for again each time: a page shows what was done a second ago, and an unchanged one costs no bytes. */
const ASKED_AGAIN = "public, max-age=0, must-revalidate";
/** Somebody's own, or something that happens once: kept by nobody. */
const NEVER = "private, no-store";

/**
 * Says of every answer how long it may be kept, before the page's own code, which may say otherwise; afterwards gives what is kept a tag
 * of its bytes and answers 304 to whoever has them. What is written in one piece does so where it is written (`hasAlready`): a second
 * answer made around a first one was a fifth of what a page costs.
 */
export function keeping(isPrivate: (path: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    const isKept = isRead(context) && !isPrivate(context.req.path);
    context.set("isKept", isKept);
    context.header("cache-control", isKept ? ASKED_AGAIN : NEVER);
    await next();
    if (context.get("isTagged") === true || !isRead(context)) return;
    const { res } = context;
    if (res.status >= 400) res.headers.set("cache-control", NEVER);
    if (res.status !== 200 || /no-store/.test(res.headers.get("cache-control") ?? "")) return;
    const tag = res.headers.get("etag") ?? tagOf(Buffer.from(await res.clone().arrayBuffer()));
    res.headers.set("etag", tag);
    if (knows(context, tag) || isUnchanged(context, res.headers.get("last-modified"))) notModified(context);
  };
}

/** Nobody keeps this answer, whatever its address: it belongs to one visitor. */
export function keepNowhere(context: Context): void {
  context.set("isKept", false);
  context.header("cache-control", NEVER);
}

/** Tags an answer where it is written, if anybody may keep it; whether whoever asks has it already. */
export function hasAlready(context: Context, body: Buffer): boolean {
  context.set("isTagged", true);
  if (context.get("isKept") !== true) return false;
  const tag = tagOf(body);
  context.header("etag", tag);
  return knows(context, tag);
}

/** A weak tag of a body: the same bytes may travel packed or not. */
function tagOf(body: Buffer): string {
  return `W/"${hash("sha256", body, "base64url").slice(0, 27)}"`;
}

/** Whether whoever asks has the answer of this tag already (RFC 9110 §13.1.2: a list, compared weakly, or `*`). */
export function knows(context: Context, tag: string): boolean {
  const told = context.req.header("if-none-match");
  if (told === undefined || !isRead(context)) return false;
  if (told.trim() === "*") return true;
  const bare = opaque(tag);
  return (told.match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => opaque(one) === bare);
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, "");
}

/** RFC 9110 §13.1.3: asked only where no tag is sent. */
function isUnchanged(context: Context, changed: string | null): boolean {
  if (changed === null || context.req.header("if-none-match") !== undefined) return false;
  return Date.parse(context.req.header("if-modified-since") ?? "") >= Date.parse(changed);
}

function notModified(context: Context): void {
  const headers = new Headers(context.res.headers);
  for (const name of ["content-type", "content-length", "content-encoding", "content-disposition"]) headers.delete(name);
  context.res = undefined;
  context.res = new Response(null, { status: 304, headers });
}

function isRead({ req }: Context): boolean {
  return req.method === "GET" || req.method === "HEAD";
}
