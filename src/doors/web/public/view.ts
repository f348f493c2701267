import { OPEN_PAGE } from "#doors/web/access";
import { pageBehind, takesFormsOnly } from "#doors/web/page-behind";
import { route } from "#doors/web/route";
import { keepView } from "#doors/web/view-switch";
import type { Visit } from "#doors/web/visit";

/** How the visitor wants to read: language, larger type, higher contrast. Kept in cookies, nowhere else. */
export const viewRoutes = [
  route("GET /language", OPEN_PAGE, (visit) => {
    const { context, program } = visit;
    const to = context.req.query("to");
    if (to === "zh" || to === "en") keepView(program, context, { name: "lang", value: to });
    return back(visit);
  }),
  route("GET /view", OPEN_PAGE, (visit) => {
    const { context, program } = visit;
    for (const name of ["elder", "contrast"] as const) {
      const value = context.req.query(name);
      if (value === "1" || value === "0") keepView(program, context, { name, value });
    }
    return back(visit);
  }),
];

/**
 * Back to the page the visitor came from when it is one of ours, else home: never to another site. An address that only takes forms
 * has a page behind it; one that is not there at all is shown again as not there, in the other language.
 */
function back(visit: Visit): Response {
  const { context } = visit;
  context.header("cache-control", "no-store");
  const referer = URL.parse(context.req.header("referer") ?? "");
  const isOurs = referer !== null && (referer.host === new URL(context.req.url).host || referer.origin === visit.program.origin.origin);
  if (!isOurs) return context.redirect("/", 303);
  const routes = [...visit.routes.values()];
  // A path that starts with two slashes would be read as the name of another host.
  const path = referer.pathname.replace(/^[/\\]+/, "/");
  const page = takesFormsOnly(routes, path) ? pageBehind(routes, path) : path;
  return context.redirect(/^\/(language|view)$/.test(page) ? "/" : page + (page === path ? referer.search : ""), 303);
}
