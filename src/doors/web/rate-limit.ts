import { createHash } from "node:crypto";
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
