import type { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { route, type Visited } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";

const YEAR_S = 365 * 86_400;

/** How the visitor wants to read: language, larger type, higher contrast. Kept in cookies, nowhere else. */
export function viewPages(app: Hono<Visited>): void {
  route(app, "GET /language", (visit) => {
    const to = visit.context.req.query("to");
    if (to === "zh" || to === "en") keep(visit, "lang", to);
    return back(visit);
  });
  route(app, "GET /view", (visit) => {
    for (const name of ["elder", "contrast"] as const) {
      const chosen = visit.context.req.query(name);
      if (chosen === "1" || chosen === "0") keep(visit, name, chosen);
    }
    return back(visit);
  });
}

function keep(visit: Visit, name: "lang" | "elder" | "contrast", value: string): void {
  setCookie(visit.context, name, value, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    secure: visit.program.origin.protocol === "https:",
    maxAge: YEAR_S,
  });
}

/** Back to the page the visitor came from when it is one of ours, else home: never to another site. */
function back(visit: Visit): Response {
  const { context } = visit;
  context.header("cache-control", "no-store");
  const referer = URL.parse(context.req.header("referer") ?? "");
  const isOurs = referer !== null && (referer.host === new URL(context.req.url).host || referer.origin === visit.program.origin.origin);
  // A path that starts with two slashes would be read as the name of another host.
  const path = isOurs ? (referer.pathname + referer.search).replace(/^[/\\]+/, "/") : "/";
  return context.redirect(/^\/(language|view)\b/.test(path) ? "/" : path, 303);
}
