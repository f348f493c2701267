import { wholeNumber } from "#platform/numbers";
import type { RefusalCode } from "#refusals";

/** What every form that changes something of the settings carries: the version its page was drawn from. */
export const drawnFrom = { version: wholeNumber(0, Number.MAX_SAFE_INTEGER).nullable() };

/** Its version as it stands now, and that of a form; null where no page was drawn: at set-up, from the command line. */
type Versioned = { readonly version: number };
type DrawnFrom = { readonly version: number | null };

/**
 * Whether somebody changed it since the page was drawn: what they changed would be written over unread. Asked under the town's lock
 * (`lockTown`), so that it stays so until the command has written and moved the version.
 */
export function whyNotDrawnFrom(now: Versioned, drawn: DrawnFrom): RefusalCode | null {
  return drawn.version === null || drawn.version === now.version ? null : "setting/changed";
}
