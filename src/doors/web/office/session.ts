import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Account } from "#people/account";
import { isVoucher, KNOWN_DAYS, knowDevice } from "#people/known-device";
import type { Officer } from "#people/officer";
import { findSession, type Session } from "#people/session";
import type { Program } from "#doors/web/program";
import type { Visit } from "#doors/web/visit";

/** The officer of this town whose session the request carries, or null. Without the cookie nothing is asked of the database. */
export async function officerOf(program: Program, town: string, context: Context, at: Date): Promise<Officer | null> {
  const token = tokenOf(program, context);
  if (token === null) return null;
  const session = await findSession({ id: town, db: program.db }, token, at);
  return session?.next === "open" ? session.officer : null;
}

/** The session of a visit whatever still stands before the office: a code, a new password, or nothing. */
export async function sessionOf(visit: Visit): Promise<(Session & { readonly token: string }) | null> {
  const token = tokenOf(visit.program, visit.context);
  if (token === null) return null;
  const session = await findSession(visit.town, token, visit.at);
  return session === null ? null : { ...session, token };
}

/** The browser keeps the token until it is closed; how long the session lasts is kept in the database. */
export function keepSession(visit: Visit, token: string): void {
  setCookie(visit.context, cookieName(visit.program), token, cookieOptions(visit.program));
}

const MOST_KNOWN = 20;
const KNOWN_PATH = "/office";

/** What earlier sign-ins left in this browser, the latest first: one for each officer who uses it. */
export function vouchersOf(visit: Visit): readonly string[] {
  return (getCookie(visit.context, "known") ?? "").split("~", MOST_KNOWN);
}

/** Leaves a voucher in the browser of whoever is in: from now on a stranger's failures do not keep them out here. */
export async function keepKnown(visit: Visit, account: Account): Promise<void> {
  const had = vouchersOf(visit);
  const own = await knowDevice(visit.town, account, visit.at, { vouchers: had, userAgent: userAgentOf(visit) });
  const others = had.filter((voucher) => voucher !== "" && !isVoucher(visit.town, account, voucher));
  const vouchers = [own, ...others].slice(0, MOST_KNOWN);
  const kept = { ...cookieOptions(visit.program), path: KNOWN_PATH, maxAge: KNOWN_DAYS * 86_400 };
  setCookie(visit.context, "known", vouchers.join("~"), kept);
}

/** What the browser says it is. */
export function userAgentOf({ context }: Visit): string {
  return context.req.header("user-agent") ?? "";
}

export function dropSession(visit: Visit): void {
  deleteCookie(visit.context, cookieName(visit.program), cookieOptions(visit.program));
}

function tokenOf(program: Program, context: Context): string | null {
  const token = getCookie(context, cookieName(program));
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}

function cookieName(program: Program): string {
  return isHttps(program) ? "__Host-session" : "session";
}

function cookieOptions(program: Program) {
  return { httpOnly: true, sameSite: "Lax", path: "/", secure: isHttps(program) } as const;
}

function isHttps(program: Program): boolean {
  return program.origin.protocol === "https:";
}
