import { SYSTEM } from "#audit/append-event";
import { THE_TOWN } from "#audit/the-town";
import type { Town } from "#platform/town";
import { appendEvent } from "./events.ts";
import type { SignInFigures } from "./sign-in-figures.ts";
import type { Settled } from "./sign-in-gate.ts";

type Failure = {
  /** What was wrong: what was typed at sign-in, the code of the second step, the present password that a page asked for. */
  readonly step: "sign-in" | "second-step" | "present-password";
  readonly figures: SignInFigures;
  readonly settled: Settled;
};

/**
 * Tells the log of a wrong password or code, and of the lock it led to. By nobody: whoever typed it has not shown to be the officer. What
 * was typed as the login is not kept: people type passwords there. About the town, whether the login is one or not: else the public log
 * would tell which are. Whose it was stays a fact behind the seal (people/events.ts).
 */
export async function tellFailure(town: Town, officer: { readonly id: string } | null, at: Date, what: Failure): Promise<void> {
  const whose = { officer: officer?.id ?? null };
  await appendEvent(town, SYSTEM, at, { verb: "officer.sign-in-failed", subject: THE_TOWN, facts: { ...whose, step: what.step } });
  if (what.settled.ended !== "wrong" || !what.settled.locks) return;
  const facts = { ...whose, minutes: what.figures.lockMinutes };
  await appendEvent(town, SYSTEM, at, { verb: "officer.locked-out", subject: THE_TOWN, facts });
}
