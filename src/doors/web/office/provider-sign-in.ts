import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { findSession } from "#people/session";
import { signInByProvider } from "#people/sign-in-by-provider";
import type { Came } from "#platform/identity-provider";
import { NOTHING_KEPT } from "#doors/web/kept-form";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { keepKnown, keepSession, userAgentOf } from "./session.ts";
import { signInPage } from "./sign-in-form.ts";
import { goOn, onTheWay, wayInOf, type WayIn } from "./way-in.ts";

const PATH = "/office/sign-in/provider";
const COOKIE = "provider";
const WAITS_S = 600;

/** What the browser keeps while it is at the provider; sealed, because it leads on afterwards. */
const Left = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

export const providerSignInRoutes = [
  route(`GET ${PATH}`, { who: "anyone", kind: "sign-in" }, leave),
  route(`GET ${PATH}/back`, { who: "anyone", kind: "sign-in" }, comeBack),
];

/** Leads to the provider, and remembers where its visitor wanted to go. */
async function leave(visit: Visit): Promise<Response> {
  const { identityProvider: provider } = visit.program;
  const { to } = wayInOf(visit);
  const way = { to, sends: false };
  if (provider === null) return visit.context.redirect(onTheWay("/office/sign-in", way), 303);
  const went = await provider.go(backAddress(visit));
  if (went.ended === "away") return notIn(visit, way, "away", went.why);
  const until = new Date(visit.at.getTime() + WAITS_S * 1000);
  const left = sealToken(visit.town, "provider", until, JSON.stringify({ ...went.flow, to: to.length > 300 ? "/office" : to }));
  setCookie(visit.context, COOKIE, left, { ...cookieOf(visit), maxAge: WAITS_S });
  visit.context.header("cache-control", "no-store");
  return visit.context.redirect(went.to.href, 303);
}

/** Somebody comes back from the provider: in this browser, within ten minutes, and once. */
async function comeBack(visit: Visit): Promise<Response> {
  const { identityProvider: provider } = visit.program;
  const left = leftIn(visit);
  deleteCookie(visit.context, COOKIE, cookieOf(visit));
  if (provider === null || left === null) return visit.context.redirect("/office/sign-in", 303);
  const way = { to: left.to, sends: false };
  const came = await provider.come(asked(visit), left);
  if (came.ended !== "known") return notIn(visit, way, came.ended, came.why);
  return enter(visit, way, came);
}

async function enter(visit: Visit, way: WayIn, came: Extract<Came, { readonly ended: "known" }>): Promise<Response> {
  const signed = await signInByProvider(visit.town, visit.at, { ...came, address: visit.address, userAgent: userAgentOf(visit) });
  if (signed.ended === "unbound") {
    const faults = { sign_in_login: visit.words.people.signIn.unbound(came.subject) };
    return signInPage(visit, { way, kept: NOTHING_KEPT, typed: {}, faults, status: 403 });
  }
  keepSession(visit, signed.token);
  if (signed.next === "open") await keepKnown(visit, signed.account);
  const session = await findSession(visit.town, signed.token, visit.at);
  return goOn(visit, session?.next ?? signed.next, way);
}

async function notIn(visit: Visit, way: WayIn, ended: "away" | "refused", why: unknown): Promise<Response> {
  visit.program.log.warn({ err: why, request: visit.context.get("requestId") }, `the identity provider: ${ended}`);
  const words = visit.words.people.signIn;
  const faults = { sign_in_login: ended === "away" ? words.providerAway : words.providerRefused };
  return signInPage(visit, { way, kept: NOTHING_KEPT, typed: {}, faults, status: ended === "away" ? 503 : 403 });
}

function leftIn(visit: Visit): z.infer<typeof Left> | null {
  const text = unsealToken(visit.town, "provider", visit.at, getCookie(visit.context, COOKIE) ?? "");
  return text === null ? null : Left.parse(JSON.parse(text));
}

/** As the provider knows it: a proxy in front may have asked under another name. */
function backAddress(visit: Visit): URL {
  return new URL(`${PATH}/back`, visit.program.origin);
}

function asked(visit: Visit): URL {
  const address = backAddress(visit);
  address.search = new URL(visit.context.req.url).search;
  return address;
}

function cookieOf(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: PATH, secure: visit.program.origin.protocol === "https:" } as const;
}
