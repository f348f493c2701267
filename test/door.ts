import { aSession } from "#test/session";
import { setTimeout } from "node:timers/promises";
import { pino } from "pino";
import { boundsOf, type Kind } from "#doors/bounds";
import { openLimits, type Limits } from "#doors/limits";
import { webApp } from "#doors/web/app";
import type { Program } from "#doors/web/program";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { aNotary } from "./notary.ts";
import { AT, type ATown } from "./town.ts";
import { assertValid } from "./valid-page.ts";

export const ORIGIN = "https://ledger.example";

/** A running program around a town, with a clock that stands still until it is moved and a log that can be read. */
export function aProgram(town: Town, changes: Partial<Program> = {}) {
  const clock = { at: AT };
  const logged: string[] = [];
  const program: Program = {
    db: town.db,
    keys: town.keys,
    blobs: town.blobs,
    callGateway: null,
    identityProvider: null,
    trustedProxies: ["127.0.0.0/8", "::1"],
    notary: aNotary(),
    log: pino({ level: "trace" }, { write: (line) => void logged.push(line) }),
    now: () => clock.at,
    origin: new URL(ORIGIN),
    isSetUpToken: () => false,
    isReady: () => setTimeout(0, true),
    ...changes,
  };
  const limits = openLimits();
  return { app: webApp(program, limits), program, limits, clock, logged };
}

/** Takes all tries of a kind that an address has but the last. */
export async function allButOneTry(limits: Limits, kind: Kind, address: string, town = "shili"): Promise<void> {
  const { perAddress } = boundsOf(kind);
  for (let tried = 1; tried < (perAddress?.tries ?? 0); tried++) await limits.whyNotTry(kind, { town, address });
}

/** What answers a visitor: the web door alone, or all doors of the house. */
type App = { request(path: string, init: RequestInit, env: object): Response | Promise<Response> };

/** What a form carries: words, several of one name, or files. */
export type Fields = { readonly [name: string]: string | File | readonly (string | File)[] };

/** Somebody with a browser: keeps cookies, follows nothing by itself; every page they see must be valid HTML. */
export function aVisitor(app: App, from: { readonly address?: string; readonly lang?: "zh" | "en"; readonly host?: string } = {}) {
  const cookies = new Map<string, string>();
  const visited: string[] = [];

  async function ask(path: string, init: RequestInit = {}): Promise<Page> {
    visited.push(path);
    const headers = new Headers(init.headers);
    headers.set("accept-language", from.lang ?? "zh-CN");
    headers.set("host", from.host ?? "ledger.example");
    if (cookies.size > 0) headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    if (init.method === "POST") headers.set("origin", ORIGIN);
    const response = await app.request(
      new URL(path, ORIGIN).href,
      { ...init, headers },
      { incoming: { socket: { remoteAddress: from.address ?? "192.0.2.7" } } },
    );
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    const text = await response.text();
    // A page that carries back 100,000 characters says nothing new about its HTML and takes seconds to read.
    if (response.headers.get("content-type")?.startsWith("text/html") === true && text.length < 100_000) await assertValid(text, path);
    return { status: response.status, headers: response.headers, location: response.headers.get("location") ?? "", text };
  }

  function keep(cookie: string): void {
    const [pair = "", ...rest] = cookie.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    if (rest.some((part) => part === "Max-Age=0")) cookies.delete(name);
    else cookies.set(name, pair.slice(name.length + 1));
  }

  return {
    cookies,
    visited,
    get: (path: string) => ask(path),
    post(path: string, fields: Fields = {}): Promise<Page> {
      const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): Pair => [name, one]));
      return ask(path, { method: "POST", body: formOf(pairs) });
    },
    postRaw: (path: string, body: string | Uint8Array<ArrayBuffer>, type: string) =>
      ask(path, { method: "POST", body, headers: { "content-type": type } }),
  };
}

export type Visitor = ReturnType<typeof aVisitor>;
export type Page = { readonly status: number; readonly headers: Headers; readonly location: string; readonly text: string };

/** The hidden key of the form with this action on the page. */
export function keyOf(page: Page, action: string): string {
  const form = page.text.slice(page.text.indexOf(`action="${action}"`));
  return /name="form_key" value="([0-9a-f-]+)"/.exec(form)?.[1] ?? "";
}

/** What a door test may set about the program: all else is as in a running one. */
export type DoorOptions = Partial<Pick<Program, "isSetUpToken" | "isReady" | "origin" | "callGateway" | "identityProvider">>;

/**
 * The web door of a town, asked by `Request`s, with a clock that is set by hand: `clock.at = …`.
 * A browser is played by the cookies it is given.
 */
export function aDoor({ town, at }: Pick<ATown, "town" | "at">, options: DoorOptions = {}) {
  const { app, program, limits, clock } = aProgram(town, { origin: new URL("http://localhost:3000"), ...options });
  clock.at = at;
  const { origin } = program;
  const ask = async (path: string, init: RequestInit = {}, cookie = "") => {
    const headers = new Headers(init.headers);
    headers.set("host", origin.host);
    if (cookie !== "") headers.set("cookie", cookie);
    return app.request(new URL(path, origin).href, { ...init, headers });
  };
  return {
    clock,
    program,
    limits,
    get: (path: string, cookie = "") => ask(path, {}, cookie),
    post: (path: string, typed: Record<string, string> | readonly (readonly [string, string])[], cookie = "") =>
      ask(
        path,
        { method: "POST", body: formOf(isPairs(typed) ? typed : Object.entries(typed)), headers: { origin: origin.origin } },
        cookie,
      ),
    ask,
    /** The cookie of a session begun now. */
    cookieOf: (officer: Officer) => cookieOf(town, officer, clock.at),
  };
}

/** The cookie of a session begun at this moment. */
export async function cookieOf(town: Town, officer: Officer, at: Date): Promise<string> {
  return `session=${await aSession(town, officer, at)}`;
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

type Pair = readonly [name: string, value: string | File];

/** As a browser sends it: files make it multipart. */
function formOf(pairs: readonly Pair[]): FormData | URLSearchParams {
  const words = pairs.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] satisfies [string, string]] : []));
  if (words.length === pairs.length) return new URLSearchParams(words);
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

function isPairs(typed: Record<string, string> | readonly (readonly [string, string])[]): typed is readonly (readonly [string, string])[] {
  return Array.isArray(typed);
}
