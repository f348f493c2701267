import { createHash } from "node:crypto";
import type { Context } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How often something may be tried in a while. */
export type Allowance = { readonly tries: number; readonly everyMs: number };

export type RateLimit = {
  /** Takes one try; null when it was allowed, else after how many milliseconds to try again. */
  readonly whyNotTry: (who: string) => Promise<number | null>;
  /** Gives the try back: it was a good one. */
  readonly forgive: (who: string) => Promise<void>;
};

/**
 * Memory stays bounded whoever comes: what is counted falls into one of 65,536 buckets.
 * Two who share a bucket share its tries, which is one chance in 65,536 and costs a wait at worst.
 */
export function rateLimit(allowance: Allowance): RateLimit {
  const limiter = new RateLimiterMemory({ points: allowance.tries, duration: allowance.everyMs / 1000 });
  return {
    async whyNotTry(who) {
      try {
        await limiter.consume(bucketOf(who));
        return null;
      } catch (spent) {
        if (spent instanceof RateLimiterRes) return Math.max(1, spent.msBeforeNext);
        throw spent;
      }
    },
    async forgive(who) {
      await limiter.reward(bucketOf(who));
    },
  };
}

function bucketOf(who: string): string {
  return createHash("sha256").update(who).digest("hex").slice(0, 4);
}

/**
 * The address a request came from; of IPv6 the /64, which is one subscriber. Only a proxy on this machine is believed
 * when it says whom it speaks for, and only its own word: the last of X-Forwarded-For.
 */
export function addressOf(context: Context): string {
  const direct = socketAddress(context.env);
  const told = isLoopback(direct) ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = (told === undefined || told === "" ? direct : told)
    .slice(0, 64)
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "");
  return address.includes(":") ? prefixOf(address) : address;
}

function isLoopback(address: string): boolean {
  return address === "" || address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** The first four groups, written out. */
function prefixOf(address: string): string {
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const gap = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array.from({ length: gap }, () => "0"), ...right].slice(0, 4).join(":");
}

function socketAddress(env: unknown): string {
  const incoming = member(env, "incoming");
  const address = member(member(incoming, "socket"), "remoteAddress");
  return typeof address === "string" ? address : "";
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}
