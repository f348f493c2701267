import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES } from "#doors/web/routes";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { cookieOf, ORIGIN } from "./door.ts";

/** All doors of a house, and whose clock they go by. */
export type Doors = {
  readonly town: Town;
  readonly clock: { readonly at: Date };
  readonly doors: { fetch(request: Request, env: object): Response | Promise<Response> };
};

/** What addresses may ask for: numbers, reports, files. */
export type Askable = { readonly ids: readonly string[]; readonly hashes: readonly string[] };

/** Every address that is read, of every door; one that asks for something is asked for everything there is of its kind. */
export function addressesOf({ ids, hashes }: Askable): readonly string[] {
  const names = [...ROUTES.map(({ name }) => name), ...Object.keys(API_ROUTES), ...Object.keys(LOG_ROUTES)];
  const paths = [...new Set(names.filter((name) => name.startsWith("GET ")).map((name) => name.slice("GET ".length)))];
  const files = hashes.length === 0 ? ids : hashes;
  return paths.flatMap((path) =>
    (path.includes(":sha256") ? files : [""]).flatMap((file) => {
      const named = path.replace(":sha256", file);
      return /:[a-z]/.test(named) ? ids.map((one) => named.replaceAll(/:[^/.]+(\{[^}]*\})?/g, one)) : [named];
    }),
  );
}

/** What was answered at each address. */
export type Seen = ReadonlyMap<string, string>;

/** Each from where they sit: what one of them reads counts for nobody else's limit. */
export async function see(house: Doors, officer: Officer | null, paths: readonly string[]): Promise<Seen> {
  const headers = await headersOf(house, officer);
  const from = `192.0.2.${(seats += 1)}`;
  const seen = new Map<string, string>();
  for (const path of paths) seen.set(path, await answerTo(house, new Request(new URL(path, ORIGIN), { headers }), from));
  return seen;
}

let seats = 7;

/** The same of a form that is sent: what it answers, or the page it leads to. */
export async function send(house: Doors, officer: Officer, path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const headers = { ...(await headersOf(house, officer)), origin: ORIGIN };
  const body = new URLSearchParams(fields);
  return answerTo(house, new Request(new URL(path, ORIGIN), { method: "POST", headers, body }));
}

/** Whoever looks twice signs in once: their own page counts where they are signed in. */
const signedIn = new WeakMap<Officer, string>();

async function headersOf({ town, clock }: Doors, officer: Officer | null) {
  const known = officer === null ? "" : (signedIn.get(officer) ?? `__Host-${await cookieOf(town, officer, clock.at)}`);
  if (officer !== null) signedIn.set(officer, known);
  return { cookie: known, host: "ledger.example", "accept-language": "zh-CN" };
}

async function answerTo({ doors }: Doors, request: Request, from = "192.0.2.7"): Promise<string> {
  const answer = await doors.fetch(request, { incoming: { socket: { remoteAddress: from } } });
  return `${answer.status} ${Buffer.from(await answer.arrayBuffer()).toString("utf8")}`;
}

/** Where two looks at the same addresses differ, but for what differs each time a page is drawn: keys of forms. */
export function differing(before: Seen, after: Seen): readonly string[] {
  return [...before].filter(([path, text]) => steady(text) !== steady(after.get(path) ?? "")).map(([path]) => path);
}

function steady(text: string): string {
  return text.replaceAll(/name="form_key" value="[^"]*"/g, "form_key").replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "id");
}
