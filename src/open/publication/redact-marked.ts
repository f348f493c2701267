import { REDACTED } from "#audit/redact-beside";
import { whyNotLookAt } from "#intake/look-at-identity";
import { unitNameNow } from "#ledger/answerable";
import { whyNotUninvolved } from "#ledger/involvement";
import { readStandings } from "#ledger/standing";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { transact, type Town } from "#platform/town";
import { refuse, type RefusalCode } from "#refusals";
import { findMarked, type MarkedText, type MarkWords } from "./marked-words.ts";
import { redactWords } from "./redact-words.ts";

/** What the words are about. */
export type About = { readonly kind: "problem" | "report"; readonly id: string };

/**
 * Covers what was marked, in whatever was written about a problem or in a report, by somebody uninvolved: whoever worked on it could cover
 * what speaks against them. Refusals: those of whyNotRedact, text/unknown (nothing of it stands any more).
 */
export async function redactMarked(town: Town, by: Officer, at: Date, what: MarkWords & { readonly about: About }): Promise<void> {
  await transact(town, async (town) => {
    refuse(await whyNotRedact(town, by, what.about));
    const marked = await findMarked(town, what.about, what);
    refuse(marked.length === 0 ? "text/unknown" : null);
    const unit = { id: by.unit, name: await unitNameNow(town, by.unit) };
    for (const { event, field, left } of eachText(marked))
      await redactWords(town, asActor(by), at, { event, field, reason: what.reason, unit, ...(left === REDACTED ? {} : { left }) });
  });
}

/** One of those that say the same, whose covering reaches the others: the one that goes whole, if there is one. */
function eachText(marked: readonly MarkedText[]): readonly MarkedText[] {
  const wholeFirst = marked.toSorted((one, other) => Number(other.left === REDACTED) - Number(one.left === REDACTED));
  return [...new Map(wholeFirst.toReversed().map((one) => [one.text, one])).values()];
}

/**
 * Of a problem the office, of a report the intake desk, and nobody who is involved. Refusals: officer/not-allowed, officer/answerable,
 * officer/involved, problem/unknown, report/unknown.
 */
export async function whyNotRedact(town: Town, by: Officer, { kind, id }: About): Promise<RefusalCode | null> {
  if (kind === "report") return whyNotLookAt(town, by, id);
  const no = whyNotDuty(by, "office");
  if (no !== null) return no;
  const standing = (await readStandings(town, [id])).get(id);
  return standing === undefined ? "problem/unknown" : whyNotUninvolved(standing, by);
}
