import type { Session } from "#people/session";
import type { Visit } from "#doors/web/visit";

/** Where somebody wanted to go when they were asked to sign in, and whether they were sending a form there. */
export type WayIn = { readonly to: string; readonly sends: boolean };

const STEPS = { code: "/office/second-step", password: "/office/password" } as const;

/** Read from the address of a sign-in page. Only pages of our own office: nobody is led elsewhere by a link. */
export function wayInOf(visit: Visit): WayIn {
  const asked = visit.context.req.query("to") ?? "";
  const { origin } = visit.program.origin;
  const url = URL.parse(asked, origin);
  const ours = asked.startsWith("/") && url !== null && url.origin === origin && /^\/office(\/|$|\?)/.test(url.pathname);
  if (!ours || /^\/office\/(sign-in|sign-out|second-step)$/.test(url.pathname)) return { to: "/office", sends: false };
  return { to: url.pathname + url.search, sends: visit.context.req.query("send") === "1" };
}

/** The address of a sign-in page that remembers the way. */
export function onTheWay(page: "/office/sign-in" | "/office/second-step" | "/office/password", way: WayIn): string {
  return `${page}?to=${encodeURIComponent(way.to)}${way.sends ? "&send=1" : ""}`;
}

/** On to what still stands before the office, or into it. 307 sends the same form again, 303 only opens the page. */
export function goOn(visit: Visit, next: Session["next"], way: WayIn): Response {
  return visit.context.redirect(next === "open" ? way.to : onTheWay(STEPS[next], way), way.sends ? 307 : 303);
}
