import { pino } from "pino";
import { webApp } from "#doors/web/app";
import type { Program } from "#doors/web/program";
import type { Officer } from "#people/officer";
import { beginSession } from "#people/session";
import type { ATown } from "./town.ts";

/** What a door test may set about the program: all else is as in a running one. */
export type DoorOptions = Partial<Pick<Program, "isSetUpToken" | "isReady" | "origin">>;

/**
 * The web door of a town, asked by `Request`s, with a clock that is set by hand: `clock.at = …`.
 * A browser is played by the cookies it is given.
 */
export function aDoor({ town, at }: Pick<ATown, "town" | "at">, options: DoorOptions = {}) {
  const clock = { at };
  const origin = options.origin ?? new URL("http://localhost:3000");
  const program: Program = {
    db: town.db,
    keys: town.keys,
    blobs: town.blobs,
    log: pino({ level: "silent" }),
    now: () => clock.at,
    origin,
    isSetUpToken: options.isSetUpToken ?? (() => false),
    isReady: options.isReady ?? (async () => true),
  };
  const app = webApp(program);
  const ask = async (path: string, init: RequestInit = {}, cookie = "") => {
    const headers = new Headers(init.headers);
    headers.set("host", origin.host);
    if (cookie !== "") headers.set("cookie", cookie);
    return app.request(new URL(path, origin).href, { ...init, headers });
  };
  return {
    clock,
    program,
    get: (path: string, cookie = "") => ask(path, {}, cookie),
    post: (path: string, typed: Record<string, string> | readonly (readonly [string, string])[], cookie = "") =>
      ask(path, { method: "POST", body: formOf(typed), headers: { origin: origin.origin } }, cookie),
    ask,
    /** The cookie of a session begun now. */
    cookieOf: async (officer: Officer) => `session=${await beginSession(town, officer.id, clock.at, true)}`,
  };
}

export type ADoor = ReturnType<typeof aDoor>;

/** The cookies a response sets, as the browser sends them back; a deleted one is left out. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .filter((cookie) => !/max-age=0/i.test(cookie))
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");
}

/** A page's text without its tags, white space folded. */
export function textOf(page: string): string {
  return page
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, " ")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .trim();
}

function formOf(typed: Record<string, string> | readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of isPairs(typed) ? typed : Object.entries(typed)) form.append(name, value);
  return form;
}

function isPairs(typed: Record<string, string> | readonly (readonly [string, string])[]): typed is readonly (readonly [string, string])[] {
  return Array.isArray(typed);
}
