import type { Route } from "./route.ts";

/** Lead elsewhere: no place to come back to. */
const SWITCHES: ReadonlySet<string> = new Set(["/language", "/view"]);

/** The nearest page at or above an address: an address that only takes forms has none of its own. */
export function pageBehind(routes: readonly Route[], path: string): string {
  if (isPage(routes, path)) return path;
  const above = path.slice(0, path.lastIndexOf("/"));
  return above === "" ? "/" : pageBehind(routes, above);
}

/** Whether an address takes forms and is no page: whoever opens it finds nothing. */
export function takesFormsOnly(routes: readonly Route[], path: string): boolean {
  return routes.some(({ method, pattern }) => method === "POST" && pattern.test(path)) && !isPage(routes, path);
}

function isPage(routes: readonly Route[], path: string): boolean {
  return routes.some((route) => route.method === "GET" && !SWITCHES.has(route.path) && route.pattern.test(path));
}
