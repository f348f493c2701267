import { complaints, siteOf, aPicture } from "#test/breaking/reporter";
import { keyOfForm, signedInAs } from "#test/breaking/officer";

/** Where the program answers now; null while it is down. */
export type Place = { origin: string | null };

/** What was acknowledged: by title, how many photos it has. Each must be there once. */
export type Kept = Map<string, number>;

type Sent = { readonly status: number; readonly location: string; readonly cookies: readonly string[] };

/** Repeats one act until it is acknowledged, with the same key, as a person or a program does who got no answer. */
async function until<T>(place: Place, over: AbortSignal, act: (origin: string) => Promise<T | null>): Promise<T | null> {
  while (!over.aborted) {
    const done = place.origin === null ? null : await act(place.origin).catch(() => null);
    if (done !== null) return done;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
}

/** Sends reports through the API, each under a key of its own, one after the other. */
export async function stubbornProgram(place: Place, over: AbortSignal, name: string, kept: Kept): Promise<void> {
  for (let n = 0; !over.aborted; n += 1) {
    const title = `接口 ${name}-${n}`;
    const headers = { "content-type": "application/json", "idempotency-key": title, "x-forwarded-for": addressOf(name, n) };
    const body = JSON.stringify({ title, category: "complaint" });
    const done = await until(place, over, async (origin) => {
      const answer = await fetch(`${origin}/api/v1/reports`, { method: "POST", headers: encoded(headers), body });
      await answer.arrayBuffer();
      return answer.status === 201 || answer.status === 200 ? true : null;
    });
    if (done !== null) kept.set(title, 0);
  }
}

/** Fills in the form with a photo and sends it, page after page. */
export async function stubbornResident(place: Place, over: AbortSignal, name: string, kept: Kept): Promise<void> {
  const picture = new File([await aPicture()], "a.jpg", { type: "image/jpeg" });
  for (let n = 0; !over.aborted; n += 1) {
    const title = `网页 ${name}-${n}`;
    const category = await until(place, over, complaints);
    const steps: readonly (readonly [string, Readonly<Record<string, string | File>>])[] = [
      ["/report/what", { title, category: category ?? "" }],
      ["/report/where", { place: "东塘路口" }],
      ["/report/photos", { photos: picture }],
      ["/report/check", {}],
    ];
    const cookies = new Map<string, string>();
    let led: string | null = "";
    for (const [path, fields] of steps) {
      led = await until(place, over, async (origin) => {
        const sent = await post(origin, path, cookies, addressOf(name, n), fields);
        if (sent.status !== 303) return null;
        if (path !== "/report/check") for (const cookie of sent.cookies) keep(cookies, cookie);
        return sent.location;
      });
      if (led === null) break;
    }
    if (led?.startsWith("/receipt/") === true) kept.set(title, 1);
  }
}

/** Signs in and registers calls, each form with its key. */
export async function stubbornClerk(place: Place, over: AbortSignal, login: string, password: string, kept: Kept): Promise<void> {
  for (let n = 0; !over.aborted; n += 1) {
    const cookie = await until(place, over, (origin) => signedInAs(origin, login, password));
    const category = await until(place, over, complaints);
    const key = await until(place, over, (origin) => keyOfForm(origin, "/office/calls/new", cookie ?? ""));
    const title = `电话 ${login}-${n}-${key ?? ""}`;
    const fields = { form_key: key ?? "", channel: "phone", title, details: "", category: category ?? "", place: "东塘路口" };
    const done = await until(place, over, async (origin) => {
      const sent = await post(origin, "/office/calls/new", new Map([["session", cookie ?? ""]]), "198.18.200.1", fields);
      return sent.status === 303 && sent.location.startsWith("/office/calls/") ? true : null;
    });
    if (done !== null) kept.set(title, 0);
  }
}

async function post(
  origin: string,
  path: string,
  cookies: ReadonlyMap<string, string>,
  address: string,
  fields: Readonly<Record<string, string | File>>,
): Promise<Sent> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { origin: siteOf(origin), cookie, "x-forwarded-for": address };
  const answer = await fetch(`${origin}${path}`, { method: "POST", body, headers, redirect: "manual" });
  await answer.arrayBuffer();
  return { status: answer.status, location: answer.headers.get("location") ?? "", cookies: answer.headers.getSetCookie() };
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = ""] = cookie.split(";", 1);
  cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
}

/** Names stand in a header, which holds no Chinese. */
function encoded(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, encodeURIComponent(value).replaceAll("%2F", "/")]));
}

/** Another address for every report: the limits of one address are not what is tried here. */
function addressOf(name: string, n: number): string {
  const of = Buffer.from(name).reduce((sum, byte) => sum + byte, 0);
  return `198.18.${of % 200}.${n % 250}`;
}
