import { setTimeout } from "node:timers/promises";
import pino from "pino";
import type { Program } from "#doors/web/program";
import { webApp } from "#doors/web/app";
import type { Town } from "#platform/town";
import { AT } from "./town.ts";
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
    log: pino({ level: "trace" }, { write: (line) => void logged.push(line) }),
    now: () => clock.at,
    origin: new URL(ORIGIN),
    isSetUpToken: () => false,
    isReady: () => setTimeout(0, true),
    ...changes,
  };
  return { app: webApp(program), program, clock, logged };
}

type App = ReturnType<typeof webApp>;

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
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
      return ask(path, { method: "POST", body: form });
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
