import { siteOf } from "#test/breaking/reporter";

/** Somebody with a phone and a finished draft, about to press send. */
export type Sender = { readonly cookie: string; readonly address: string };

/** How a burst went: what every sender was answered, and what those waited who only read meanwhile, in ms. */
export type Burst = {
  readonly statuses: readonly number[];
  /** Where each sender was led: an address of one receipt. */
  readonly led: readonly string[];
  readonly wholeMs: number;
  readonly sendMs: readonly number[];
  readonly readStatuses: readonly number[];
  readonly readMs: readonly number[];
};

const AT_ONCE = 16;
const READERS = 8;
const PAGES = ["/", "/ledger", "/figures", "/report/what"] as const;

/** So many residents, each at an address and with a report of their own, up to the last button; the proxy is trusted. */
export async function sendersOf(origin: string, count: number, category: string): Promise<readonly Sender[]> {
  const senders: Sender[] = [];
  const next = Array.from({ length: count }, (_, n) => n).values();
  const prepare = async () => {
    for (const n of next) senders.push(await aSender(origin, n, category));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, prepare));
  return senders;
}

async function aSender(origin: string, n: number, category: string): Promise<Sender> {
  const address = `198.18.${Math.floor(n / 250)}.${1 + (n % 250)}`;
  const cookies = new Map<string, string>();
  for (const [path, fields] of [
    ["/report/what", { title: `路灯不亮 ${n}`, details: `第 ${n} 盏`, category }],
    ["/report/where", { place: `东塘路 ${n} 号` }],
  ] as const) {
    const answer = await post(origin, path, { cookie: cookieOf(cookies), address }, fields);
    if (answer.status !== 303) throw new Error(`couldn't prepare a sender: ${path} answered ${answer.status}`);
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";", 1);
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  }
  return { cookie: cookieOf(cookies), address };
}

/** Everybody presses send in the same moment, while some others turn pages. */
export async function burst(origin: string, senders: readonly Sender[]): Promise<Burst> {
  const over = new AbortController();
  const readers = Array.from({ length: READERS }, (_, n) => read(origin, n, over.signal));
  const begun = performance.now();
  const answers = await Promise.all(
    senders.map(async (sender) => {
      const answer = await post(origin, "/report/check", sender, {});
      return { status: answer.status, headers: answer.headers, tookMs: performance.now() - begun };
    }),
  );
  const wholeMs = performance.now() - begun;
  over.abort();
  const reads = (await Promise.all(readers)).flat();
  return {
    statuses: answers.map(({ status }) => status),
    led: answers.map(({ headers }) => headers.get("location") ?? ""),
    wholeMs,
    sendMs: answers.map(({ tookMs }) => tookMs),
    readStatuses: reads.map(({ status }) => status),
    readMs: reads.map(({ tookMs }) => tookMs),
  };
}

/** The value that `share` of them do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function read(origin: string, n: number, signal: AbortSignal) {
  const reads: { readonly status: number; readonly tookMs: number }[] = [];
  for (let i = n; !signal.aborted; i += 1) {
    const begun = performance.now();
    const answer = await fetch(`${origin}${PAGES[i % PAGES.length]}`, { headers: { "x-forwarded-for": `198.19.0.${n + 1}` } });
    await answer.arrayBuffer();
    reads.push({ status: answer.status, tookMs: performance.now() - begun });
  }
  return reads;
}

async function post(
  origin: string,
  path: string,
  { cookie, address }: Sender,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const answer = await fetch(`${origin}${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: siteOf(origin), cookie, "x-forwarded-for": address },
    redirect: "manual",
  });
  await answer.arrayBuffer();
  return answer;
}

function cookieOf(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}
