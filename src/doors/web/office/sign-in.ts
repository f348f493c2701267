import { SignIn, signIn, type SignedIn } from "#people/sign-in";
import { signOut } from "#people/sign-out";
import { findSession } from "#people/session";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { NOTHING_KEPT, readKeptForm } from "#doors/web/kept-form";
import { dropSession, keepKnown, keepSession, sessionOf, userAgentOf, vouchersOf } from "./session.ts";
import { signInPage } from "./sign-in-form.ts";
import { lockedWords } from "./locked-words.ts";
import { goOn, wayInOf } from "./way-in.ts";

export const signInRoutes = [
  route("GET /office/sign-in", OPEN_PAGE, showSignIn),
  route("POST /office/sign-in", { who: "anyone", kind: "sign-in" }, sendSignIn),
  route("POST /office/sign-out", { who: "anyone", kind: "act" }, sendSignOut),
];

async function showSignIn(visit: Visit): Promise<Response> {
  const way = { ...wayInOf(visit), sends: false };
  const session = await sessionOf(visit);
  if (session !== null) return goOn(visit, session.next, way);
  return signInPage(visit, { way, kept: NOTHING_KEPT, typed: {}, faults: {}, status: 200 });
}

async function sendSignIn(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const kept = await readKeptForm(visit);
  const view = { way: wayInOf(visit), kept, typed: sent.typed };
  const { sign_in_login: login, sign_in_password: password } = sent.typed;
  if (login === undefined && password === undefined) return signInPage(visit, { ...view, faults: {}, status: 401 });
  const parsed = parse(visit, SignIn, { login, password });
  if (parsed.faults !== null) {
    const faults = Object.fromEntries(Object.entries(parsed.faults).map(([name, fault]) => [`sign_in_${name}`, fault]));
    return signInPage(visit, { ...view, faults, status: 422 });
  }
  const from = { address: visit.address, userAgent: userAgentOf(visit), vouchers: vouchersOf(visit) };
  const signed = await signIn(visit.town, visit.at, { ...parsed.value, ...from });
  if (signed.ended !== "begun") return signInPage(visit, { ...view, ...whyNotIn(visit, signed) });
  keepSession(visit, signed.token);
  if (signed.next === "open") await keepKnown(visit, signed.account);
  const session = await findSession(visit.town, signed.token, visit.at);
  return goOn(visit, session?.next ?? signed.next, view.way);
}

function whyNotIn(visit: Visit, signed: Exclude<SignedIn, { readonly ended: "begun" }>) {
  const words = visit.words.people.signIn;
  if (signed.ended === "wrong") return { faults: { sign_in_login: words.wrong }, status: 401 } as const;
  return { faults: { sign_in_login: lockedWords(visit, signed.until) }, status: 429 } as const;
}

async function sendSignOut(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  if (session !== null) await signOut(visit.town, session.account, visit.at, { token: session.token });
  dropSession(visit);
  return visit.context.redirect("/office/sign-in", 303);
}
