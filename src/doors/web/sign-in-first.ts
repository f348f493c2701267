import type { Visit } from "./visit.ts";

/** Where somebody without a session is led: to the sign-in page, and back to what they wanted afterwards. */
export function signInFirst(visit: Visit): Response {
  const { context } = visit;
  const wanted = new URL(context.req.url);
  return context.redirect(`/office/sign-in?to=${encodeURIComponent(wanted.pathname + wanted.search)}`, 303);
}
