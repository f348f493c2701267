import { readKeptForm } from "./kept-form.ts";
import { sessionOf } from "./office/session.ts";
import { signInPage } from "./office/sign-in-form.ts";
import { goOn, onTheWay, type WayIn } from "./office/way-in.ts";
import type { Visit } from "./visit.ts";

/**
 * Where somebody without an open session is led: to what they still have to do, and back to what they wanted afterwards.
 * A form they were sending is kept in the page and sent on when they are in.
 */
export async function signInFirst(visit: Visit): Promise<Response> {
  const { req } = visit.context;
  const wanted = new URL(req.url);
  const sends = req.method !== "GET" && req.method !== "HEAD";
  const way: WayIn = { to: wanted.pathname + wanted.search, sends };
  const session = await sessionOf(visit);
  if (session !== null) return goOn(visit, session.next === "open" ? "password" : session.next, way);
  if (!sends) return visit.context.redirect(onTheWay("/office/sign-in", way), 303);
  return signInPage(visit, { way, kept: await readKeptForm(visit), typed: {}, faults: {}, status: 401 });
}
