import type { Context } from "hono";
import { formFields, readBody, refuseUnread, type Field } from "./body.ts";
import { boundsOf, QUERY, type Bounds, type Kind } from "./bounds.ts";
import type { From, Limits } from "./limits.ts";
import { TooMuch } from "./too-much.ts";

/** A request at a door: its body is read within the bounds of its kind, once, whoever asks for it. */
export type Entry = {
  readonly bounds: Bounds;
  readonly body: () => Promise<Buffer>;
  readonly form: () => Promise<readonly Field[]>;
  /** Does the request's work if it may enter; what its body holds in memory is let go afterwards. Throws TooMuch. */
  readonly enter: <T>(work: () => T | Promise<T>) => Promise<T>;
};

/** What a request carries once it is at a door. */
export type Entered = { Variables: { entry: Entry } };

export function entryOf(context: Context, kind: Kind, limits: Limits, from: From): Entry {
  const bounds = boundsOf(kind);
  const held = limits.holdBody(kind, from);
  let read: Promise<Buffer> | undefined;
  let parsed: Promise<readonly Field[]> | undefined;
  const body = () => (read ??= readBody(context.req.raw, bounds.bytes, held.grow));
  return {
    bounds,
    body,
    form: () => (parsed ??= body().then((bytes) => formFields(context.req.header("content-type") ?? "", bytes, bounds))),
    async enter(work) {
      if (isLongQuery(context.req.url)) throw new TooMuch("query");
      const waitMs = await limits.whyNotTry(kind, from);
      if (waitMs !== null) throw new TooMuch("tries", waitMs);
      if (hasBody(context)) refuseUnread(context.req.raw, bounds);
      const end = limits.begin(kind, from);
      if (end === null) throw new TooMuch("busy");
      try {
        return await work();
      } finally {
        end();
        held.letGo();
      }
    },
  };
}

function hasBody({ req }: Context): boolean {
  return req.method !== "GET" && req.method !== "HEAD";
}

function isLongQuery(url: string): boolean {
  const at = url.indexOf("?");
  if (at < 0) return false;
  return url.length - at > QUERY.bytes || url.slice(at).split("&").length > QUERY.fields;
}
