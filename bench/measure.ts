import { randomInt } from "node:crypto";
import autocannon from "autocannon";

const CONNECTIONS = 16;
/** Many short ones: what a shared machine does otherwise changes in seconds, and a median of three followed it. */
const ROUNDS = 9;
export const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 2);
/** A town's server runs for weeks: its code is compiled by then. */
const WARM_REQUESTS = 3000;

export type Target = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each request comes from another address: how many may be under way from one is not what is measured. */
  readonly fromAnywhere?: boolean;
  readonly post?: () => { readonly body: string; readonly headers: Readonly<Record<string, string>> };
};

/** Requests a second over 16 kept-alive connections. Any answer but 2xx is a failure of the bench. */
export async function rateOnce(
  { url, headers = {}, fromAnywhere = false, post }: Target,
  how: { readonly duration: number } | { readonly amount: number },
): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    headers: { ...headers },
    ...how,
    ...(fromAnywhere ? { requests: [{ setupRequest: (request) => ({ ...request, headers: { "x-forwarded-for": somebody() } }) }] } : {}),
    ...(post === undefined ? {} : { requests: [{ method: "POST", setupRequest: (request) => ({ ...request, ...post() }) }] }),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`couldn't measure ${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return result.requests.average;
}

/** Medians of nine rounds; the targets take turns, so that whatever else the machine does falls on all of them alike. */
export async function ratesOf<Name extends string>(
  targets: Readonly<Record<Name, Target>>,
  warmRequests = WARM_REQUESTS,
): Promise<ReadonlyMap<string, number>> {
  const entries = Object.entries<Target>(targets);
  for (const [, target] of entries) await rateOnce(target, { amount: warmRequests });
  const rounds = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    // There and back again, so that neither of two neighbours always comes first.
    for (const [name, target] of round % 2 === 0 ? entries : entries.toReversed()) {
      process.stderr.write(`\rround ${round + 1} of ${ROUNDS}: ${name}`.padEnd(60));
      rounds.get(name)?.push(await rateOnce(target, { duration: SECONDS }));
    }
  }
  process.stderr.write("\r".padEnd(60) + "\r");
  return new Map([...rounds].map(([name, rates]) => [name, median(rates)]));
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Each from another address, as reports come: the limit per address is not what is measured. */
export function somebody(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}
