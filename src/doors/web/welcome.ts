import { randomBytes } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Town } from "#platform/town";
import { entryOf } from "#doors/enter";
import { keepNowhere } from "#doors/keeping";
import type { Limits } from "#doors/limits";
import { rememberedTotals } from "#publication/remembered-totals";
import { rememberedTowns } from "#publication/remembered-towns";
import { addressReader } from "./address.ts";
import { notFoundPage } from "./error-pages.ts";
import { officerOf } from "./office/session.ts";
import type { Program } from "./program.ts";
import type { Routes, Visited } from "./route.ts";
import type { Visit } from "./visit.ts";
import { keepView, switchOf, viewOf, YEAR_S } from "./view-switch.ts";
import { wordsIn } from "#words/words";

/** Makes the visit: which town, in which language, who, on which device. */
export function welcome(program: Program, limits: Limits, routes: Routes): MiddlewareHandler<Visited> {
  const towns = rememberedTowns(program.db);
  const addressOf = addressReader(program.trustedProxies);
  return async (context, next) => {
    const id = await towns.townOf(context.req.header("host") ?? "");
    if (id === null) return context.redirect("/set-up", 303);
    const town: Town = { id, db: program.db, keys: program.keys, blobs: program.blobs };
    const at = program.now();
    const switched = switchOf(context);
    if (switched !== null) keepView(program, context, switched);
    const view = viewOf(context, switched);
    const visit: Visit = {
      program,
      town,
      at,
      ...view,
      words: wordsIn(view.lang),
      redraws: switched !== null,
      officer: await officerOf(program, id, context, at),
      get device() {
        return deviceOf(program, context);
      },
      get address() {
        return addressOf(context);
      },
      limits,
      routes,
      context,
      names: async (version) => towns.names(town, version),
      remembered: () => towns.remembered(town),
      totals: towns.totals(town),
    };
    context.set("visit", visit);
    // No address of ours holds a NUL, and PostgreSQL would take it for a fault.
    if (context.req.path.includes("\0") || context.req.path.includes("%00")) return notFoundPage(visit);
    return next();
  };
}

/** A visit to a place without a town, or whose database cannot be asked for it: nobody is signed in and there are no names. */
export function visitBeforeTowns(program: Program, limits: Limits, context: Context<Visited>): Visit {
  const address = addressReader(program.trustedProxies)(context);
  context.set("entry", entryOf(context, context.req.method === "POST" ? "set-up" : "page", limits, { town: "", address }));
  const view = viewOf(context, null);
  return {
    program,
    town: { id: "", db: program.db, keys: program.keys, blobs: program.blobs },
    at: program.now(),
    ...view,
    words: wordsIn(view.lang),
    redraws: false,
    officer: null,
    device: "",
    address,
    limits,
    routes: new Map(),
    context,
    names: () => Promise.reject(new Error("couldn't read names: no town is known")),
    remembered: () => Promise.reject(new Error("couldn't read names: no town is known")),
    totals: rememberedTotals(),
  };
}

function deviceOf(program: Program, context: Context): string {
  const known = getCookie(context, "device");
  if (known !== undefined && /^[0-9a-f]{32}$/.test(known)) return known;
  keepNowhere(context);
  const made = randomBytes(16).toString("hex");
  setCookie(context, "device", made, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    secure: program.origin.protocol === "https:",
    maxAge: YEAR_S,
  });
  return made;
}
