import { randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { hmac } from "#platform/hmac";
import { boundsOf, KINDS, type Allowance, type Both, type Bounds, type Kind } from "./bounds.ts";

/** Whom a request is counted to. */
export type From = { readonly town: string; readonly address: string };

/** What is counted of the bounds of each kind: in the memory of this process, by all its doors together. */
export type Limits = {
  /** Takes one try; null when it was allowed, else after how many milliseconds to try again. */
  readonly whyNotTry: (kind: Kind, from: From) => Promise<number | null>;
  /** How long the address has yet to wait for what it got wrong; null while it may err. */
  readonly whyNotErr: (kind: Kind, from: From) => Promise<number | null>;
  readonly countWrong: (kind: Kind, from: From) => Promise<void>;
  /** Begins a request; returns what ends it, or null when too many are under way. */
  readonly begin: (kind: Kind, from: From) => (() => void) | null;
  /** A body that grows in memory: whether these bytes more may be held; after letting go of all of them, none may. */
  readonly holdBody: (kind: Kind, from: From) => { readonly grow: (bytes: number) => boolean; readonly letGo: () => void };
};

export function openLimits(): Limits {
  const gauges = new Map<Both, Gauge>(); // kinds that name the same bound share it
  const counters = new Map(KINDS.map((kind) => [kind, countersOf(boundsOf(kind), gauges)]));
  const of = (kind: Kind) => counters.get(kind) ?? countersOf(boundsOf(kind), gauges);
  const addressIn = ({ town, address }: From) => `${town} ${address}`;
  return {
    async whyNotTry(kind, from) {
      const { perAddress, perTown } = of(kind);
      return (await perAddress?.take(addressIn(from))) ?? (await perTown?.take(from.town)) ?? null;
    },
    whyNotErr: async (kind, from) => (await of(kind).wrong?.whyNot(addressIn(from))) ?? null,
    countWrong: async (kind, from) => void (await of(kind).wrong?.take(addressIn(from))),
    begin(kind, { address }) {
      const { atOnce } = of(kind);
      if (atOnce === null) return () => undefined;
      return atOnce.grow(address, 1) ? () => atOnce.shrink(address, 1) : null;
    },
    holdBody(kind, { address }) {
      const { held } = of(kind);
      let holds: number | null = 0;
      return {
        grow(bytes) {
          if (holds === null || held?.grow(address, bytes) === false) return false;
          holds += bytes;
          return true;
        },
        letGo() {
          held?.shrink(address, holds ?? 0);
          holds = null;
        },
      };
    },
  };
}

function countersOf({ perAddress, perTown, wrong, atOnce, heldBytes }: Bounds, gauges: Map<Both, Gauge>) {
  return {
    perAddress: perAddress === null ? null : counter(perAddress),
    perTown: perTown === null ? null : counter(perTown),
    wrong: wrong === null ? null : counter(wrong),
    atOnce: atOnce === null ? null : gaugeIn(gauges, atOnce),
    held: heldBytes === null ? null : gaugeIn(gauges, heldBytes),
  };
}

/**
 * Memory stays bounded whoever comes: what is counted falls into one of 65,536 buckets, by a key of this process, so that
 * nobody can choose whose bucket to share. Two who do share its tries, which costs a wait at worst.
 */
function counter({ tries, everyMs }: Allowance) {
  const limiter = new RateLimiterMemory({ points: tries, duration: everyMs / 1000 });
  const key = randomBytes(32);
  const bucketOf = (who: string) => hmac(key, who).toString("hex", 0, 2);
  return {
    async take(who: string): Promise<number | null> {
      try {
        await limiter.consume(bucketOf(who));
        return null;
      } catch (spent) {
        if (spent instanceof RateLimiterRes) return Math.max(1, spent.msBeforeNext);
        throw spent;
      }
    },
    async whyNot(who: string): Promise<number | null> {
      const spent = await limiter.get(bucketOf(who));
      return spent === null || spent.consumedPoints < tries ? null : Math.max(1, spent.msBeforeNext);
    },
  };
}

type Gauge = { readonly grow: (address: string, by: number) => boolean; readonly shrink: (address: string, by: number) => void };

function gaugeIn(gauges: Map<Both, Gauge>, most: Both): Gauge {
  const known = gauges.get(most) ?? gauge(most);
  gauges.set(most, known);
  return known;
}

/** How much is under way now. An address is remembered only while something of it is. */
function gauge(most: Both): Gauge {
  const byAddress = new Map<string, number>();
  let inAll = 0;
  return {
    grow(address, by) {
      const own = (byAddress.get(address) ?? 0) + by;
      if (own > most.perAddress || inAll + by > most.inAll) return false;
      byAddress.set(address, own);
      inAll += by;
      return true;
    },
    shrink(address, by) {
      const own = (byAddress.get(address) ?? 0) - by;
      if (own > 0) byAddress.set(address, own);
      else byAddress.delete(address);
      inAll -= by;
    },
  };
}
