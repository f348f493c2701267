import { z } from "zod";
import { lampOf, type Lamp } from "#ledger/problem";
import type { Day } from "#platform/instant";

export const FLAG_KINDS = ["same-photo", "same-text", "last-moment", "one-sitting", "came-back", "one-hand", "look-back-skipped"] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

const stage = z.enum(["before", "during", "after"]);
const instant = z.iso.datetime();
const numbers = z.array(z.string());

/** The evidence of a flag, by kind: what was compared, and what was found. Numbers are the ledger's; nobody is named. */
export const ABOUT = {
  /** A photo of this problem, and one nearly the same: of another problem, or of this one at another stage. `differs`: of 256 signs. */
  "same-photo": z.object({
    photo: z.string(),
    stage,
    otherPhoto: z.string(),
    otherStage: stage,
    other: z.string(),
    differs: z.number(),
    mirrored: z.boolean(),
  }),
  /** The text of another closing, and how much of both is the same, 0 to 1; `shared`: a short text that several have word for word. */
  "same-text": z.object({ other: z.string(), alike: z.number(), shared: z.number() }),
  /** Declared rectified, or closed, so shortly before the end of its due day. */
  "last-moment": z.object({ act: z.enum(["declared", "closed"]), at: instant, dueOn: z.string() }),
  /** So many of one officer's acts within so few minutes, and on which problems. */
  "one-sitting": z.object({ act: z.enum(["checked", "closed"]), count: z.number(), minutes: z.number(), numbers }),
  /** A report after the closing: on which day, how far away, how much of its words is the same. */
  "came-back": z.object({ report: z.string(), receivedAt: instant, metres: z.number().nullable(), alike: z.number() }),
  /** So many satisfied answers in a row from one device or address. */
  "one-hand": z.object({ by: z.enum(["device", "address"]), count: z.number(), numbers }),
  "look-back-skipped": z.object({ lookBack: z.string(), dueOn: z.string() }),
} as const satisfies Record<FlagKind, z.ZodType>;

export type About<K extends FlagKind> = z.infer<(typeof ABOUT)[K]>;

/** What a rule found; `mark` is the same whenever the same is found again. */
export type Finding = {
  readonly [K in FlagKind]: { readonly kind: K; readonly problem: string; readonly mark: string; readonly about: About<K> };
}[FlagKind];

/** The kind of a flag with its own evidence. */
export const KindAndAbout = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("same-photo"), about: ABOUT["same-photo"] }),
  z.object({ kind: z.literal("same-text"), about: ABOUT["same-text"] }),
  z.object({ kind: z.literal("last-moment"), about: ABOUT["last-moment"] }),
  z.object({ kind: z.literal("one-sitting"), about: ABOUT["one-sitting"] }),
  z.object({ kind: z.literal("came-back"), about: ABOUT["came-back"] }),
  z.object({ kind: z.literal("one-hand"), about: ABOUT["one-hand"] }),
  z.object({ kind: z.literal("look-back-skipped"), about: ABOUT["look-back-skipped"] }),
]);

/** A flag as pages show it. */
export type Flag = z.infer<typeof KindAndAbout> & {
  readonly id: string;
  readonly number: string;
  readonly raisedAt: Date;
  readonly state: FlagState;
  /** By when a verifier has to have looked; null until the calendar that it needs arrives. */
  readonly dueOn: Day | null;
  readonly decided: { readonly reason: string; readonly by: string; readonly at: Date } | null;
};

/** What a verifier says of a flag, with a public reason. */
export const FLAG_DECISIONS = ["cleared", "upheld"] as const;
export type FlagDecision = (typeof FLAG_DECISIONS)[number];

/**
 * `open`: nobody has said anything, and nothing is struck off; `cleared`, `upheld`: a verifier has, with a reason; `acted`: what it pointed
 * at was put right or went back to work for another reason, as the log tells, so a moment later.
 */
export const FLAG_STATES = ["open", ...FLAG_DECISIONS, "acted"] as const;
export type FlagState = (typeof FLAG_STATES)[number];

/** How long is left to look at it: green until its day is past, then red. */
export function lampOfFlag(dueOn: Day | null, today: Day): Lamp {
  return lampOf({ status: "assigned", dueOn, amberOn: null, resumeOn: null, rectifiedOn: null }, today);
}
