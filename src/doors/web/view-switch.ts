import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Program } from "./program.ts";
import type { Lang } from "#words/words";

/** How the visitor wants to read. */
export type View = { readonly lang: Lang; readonly elder: boolean; readonly contrast: boolean };

/**
 * The parameter that switches a view on the address of a form: the form is drawn again with everything typed in it, in the
 * chosen view, and nothing of it is done (redraw.ts).
 */
export const SWITCH = "view_switch";

export type Switch = { readonly name: "lang" | "elder" | "contrast"; readonly value: string };

export const YEAR_S = 365 * 86_400;

/** The view a request asks for: what it switches to now, else what the cookies keep, else the browser's language. */
export function viewOf(context: Context, switched: Switch | null): View {
  const kept = (name: Switch["name"]) => (switched?.name === name ? switched.value : getCookie(context, name));
  const lang = kept("lang");
  return {
    lang: lang === "zh" || lang === "en" ? lang : browserLang(context),
    elder: kept("elder") === "1",
    contrast: kept("contrast") === "1",
  };
}

/** What a form that is sent to be drawn again switches; null for any other request. */
export function switchOf(context: Context): Switch | null {
  if (context.req.method !== "POST") return null;
  const [name = "", value = ""] = (context.req.query(SWITCH) ?? "").split("-");
  if (name === "lang") return value === "zh" || value === "en" ? { name, value } : null;
  return (name === "elder" || name === "contrast") && (value === "0" || value === "1") ? { name, value } : null;
}

/** Kept in a cookie, nowhere else. */
export function keepView(program: Program, context: Context, { name, value }: Switch): void {
  setCookie(context, name, value, {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    secure: program.origin.protocol === "https:",
    maxAge: YEAR_S,
  });
}

function browserLang(context: Context): Lang {
  return /^\s*en\b/i.test(context.req.header("accept-language") ?? "") ? "en" : "zh";
}
