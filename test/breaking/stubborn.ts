import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { aPicture, siteOf } from "#test/breaking/reporter";

/** Where the program answers now; null while it is down. */
export type Place = { origin: string | null };

/** What was acknowledged, by the title of the report: its photos, and the problems opened for it. */
export type Kept = Map<string, { readonly photos: number; readonly problems: number }>;

type Fields = Readonly<Record<string, string | File>>;
type Answer = { readonly status: number; readonly location: string; readonly cookies: readonly string[]; readonly text: string };
type Sending = { readonly headers: Readonly<Record<string, string>>; readonly body: string | FormData | URLSearchParams };

/** Sends one thing until it is acknowledged, as whoever got no answer, or was asked to come back, does. */
type Insist = (path: string, sending: Sending) => Promise<Answer>;

const PAUSE_MS = 20;

/** What a report is filed under, and the cookie of the officer who takes calls. */
type Given = { readonly category: string; readonly session: string };

/** People and programs at every door, who do not give up before the test ends. */
export function everybody(t: TestContext, place: Place, kept: Kept, { category, session }: Given) {
  const over = new AbortController();
  t.after(() => over.abort());
  const insist: Insist = (path, sending) => insistIn(place, over.signal, path, sending);
  const each = [
    ...["甲", "乙"].map((name) => program(insist, name, category, kept)),
    ...["丙", "丁"].map((name) => resident(insist, name, category, kept)),
    officer(insist, session, category, kept),
  ];
  const all = Promise.all(each.map((work) => work.catch((error: unknown) => unlessOver(over.signal, error))));
  all.catch(() => undefined); // told by whoever waits next
  return {
    /** Until so many more were acknowledged; fails when somebody was answered what nobody should be. */
    async acknowledged(more: number): Promise<void> {
      const before = kept.size;
      while (kept.size < before + more) await Promise.race([all, sleep(PAUSE_MS)]);
    },
    async stop(): Promise<void> {
      over.abort();
      await all;
    },
  };
}

function unlessOver(over: AbortSignal, error: unknown): void {
  if (!over.aborted) throw error;
}

async function insistIn(place: Place, over: AbortSignal, path: string, sending: Sending): Promise<Answer> {
  for (;;) {
    over.throwIfAborted();
    const answer = place.origin === null ? null : await ask(place.origin, path, sending).catch(() => null);
    if (answer !== null && answer.status < 400) return answer;
    if (answer !== null && answer.status !== 503) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(0, 2000)}`);
    await sleep(PAUSE_MS);
  }
}

async function ask(origin: string, path: string, { headers, body }: Sending): Promise<Answer> {
  const answer = await fetch(origin + path, {
    method: "POST",
    headers: { ...headers, origin: siteOf(origin) },
    body,
    redirect: "manual",
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  return { status: answer.status, location: answer.headers.get("location") ?? "", cookies, text: await answer.text() };
}

/** Reports through the API, each under a key of its own, one after the other. */
async function program(insist: Insist, name: string, category: string, kept: Kept): Promise<never> {
  for (let n = 0; ; n += 1) {
    const title = `接口 ${name}-${n}`;
    const headers = {
      "content-type": "application/json",
      "idempotency-key": encodeURIComponent(title), // a header holds no Chinese
      "x-forwarded-for": addressOf(name, n),
    };
    await insist("/api/v1/reports", { headers, body: JSON.stringify({ title, category }) });
    kept.set(title, { photos: 0, problems: 0 });
  }
}

/** Fills in the form, page after page, with a photo, and sends it. */
async function resident(insist: Insist, name: string, category: string, kept: Kept): Promise<never> {
  const photos = new File([await aPicture()], "a.jpg", { type: "image/jpeg" });
  for (let n = 0; ; n += 1) {
    const title = `网页 ${name}-${n}`;
    const headers = { "x-forwarded-for": addressOf(name, n) };
    const { cookies } = await insist("/report/what", { headers, body: formOf({ title, category }) });
    const drafting = { ...headers, cookie: cookies.join("; ") };
    for (const [path, fields] of [
      ["/report/where", { place: "东塘路口" }],
      ["/report/photos", { photos }],
    ] as const)
      await insist(path, { headers: drafting, body: formOf(fields) });
    const { location } = await insist("/report/check", { headers: drafting, body: formOf({}) });
    if (!location.startsWith("/receipt/")) throw new Error(`a finished report was led to ${location}`);
    kept.set(title, { photos: 1, problems: 0 });
  }
}

/** Registers calls and opens a problem for each, every form with its key. */
async function officer(insist: Insist, session: string, category: string, kept: Kept): Promise<never> {
  const headers = { cookie: session, "x-forwarded-for": "198.18.200.1" };
  for (let n = 0; ; n += 1) {
    const title = `电话 ${n}`;
    const said = { title, details: "", category, village: "", place: "东塘路口" };
    const call = { form_key: crypto.randomUUID(), channel: "phone", ...said };
    const { location } = await insist("/office/calls/new", { headers, body: formOf(call) });
    if (!location.startsWith("/office/calls/")) throw new Error(`a registered call was led to ${location}`);
    kept.set(title, { photos: 0, problems: 0 });
    const opened = { form_key: crypto.randomUUID(), theme: "", lon: "", lat: "", ...said };
    await insist(`${location.replace("calls", "inbox")}/open`, { headers, body: formOf(opened) });
    kept.set(title, { photos: 0, problems: 1 });
  }
}

/** As a browser sends it: files make it multipart. */
function formOf(fields: Fields): FormData | URLSearchParams {
  const form = new FormData();
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
    if (typeof value === "string") words.append(name, value);
  }
  return words.size === Object.keys(fields).length ? words : form;
}

/** Another address for every report: the limits of one address are not what is tried here. */
function addressOf(name: string, n: number): string {
  return `198.18.${(name.codePointAt(0) ?? 0) % 200}.${n % 250}`;
}
