import { RESIDENT } from "#audit/append-event";
import { useFiles } from "#evidence/use-files";
import { whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { foldReport } from "./fold-report.ts";
import { keepReport, type Keeping } from "./keep-reports.ts";
import { keepSealedReport } from "./keep-sealed-report.ts";
import { receiptCode } from "./receipt-code.ts";
import { rereadRuleBook, ruleBook } from "./rule-book.ts";
import type { Receiving } from "./said.ts";
import { samenessOf } from "./sameness.ts";

export type Received = {
  readonly report: string;
  /** The receipt code, as `showReceiptCode` and `parseReceiptCode` know it. */
  readonly code: string;
  /** The very same came from this device within ten minutes: this is the first one's receipt. */
  readonly folded: boolean;
};

const MOST_TRIES = 4;

/**
 * Receives what somebody told the town: report, receipt, sealed identity and event in one round trip (keep-reports.ts). `by` is the
 * officer who registers it for somebody, or null. Of two sendings of the same at once one claims the mark (`intake.sending`), the
 * other waits for its commit and is folded into it. With photos of its draft it is a transaction of several.
 * Refusals: officer/not-allowed, category/unknown, village/unknown, file/unknown.
 */
export async function receiveReport(town: Town, by: Officer | null, at: Date, what: Receiving): Promise<Received> {
  if (by !== null) refuse(whyNotDuty(by, "clerk", "office"));
  return what.photos.length === 0 ? receive(town, by, at, what) : transact(town, (town) => receive(town, by, at, what));
}

async function receive(town: Town, by: Officer | null, at: Date, what: Receiving): Promise<Received> {
  const mark = samenessOf(town.keys, what);
  let book = await ruleBook(town);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const report = newId(at);
    const code = receiptCode(town.keys, report);
    const category = what.category === null ? undefined : book.categories.get(what.category);
    if (category?.sealed === true) return keepSealed(town, { book, category }, by, at, { ...what, report, code, mark });
    const version = await keepReport(town, book, by, at, { ...what, report, code, mark });
    if (version === null) {
      await usePhotos(town, at, report, what);
      return { report, code, folded: false };
    }
    if (version !== book.version) book = await rereadRuleBook(town);
    else {
      const first = mark === null ? null : await foldReport(town, mark);
      if (first !== null) return { report: first, code: receiptCode(town.keys, first), folded: true };
    }
  }
  throw new Error("couldn't receive a report: the town's rules or its twin changed with every try");
}

async function keepSealed(town: Town, rules: SealedRules, by: Officer | null, at: Date, what: Keeping): Promise<Received> {
  return transact(town, async (town) => {
    const twin = await keepSealedReport(town, rules, by, at, what);
    if (twin !== null) return { report: twin, code: receiptCode(town.keys, twin), folded: true };
    await usePhotos(town, at, what.report, what);
    return { report: what.report, code: what.code, folded: false };
  });
}

type SealedRules = Parameters<typeof keepSealedReport>[1];

/** The photos are those of the draft that the report was written in, and no other. */
async function usePhotos(town: Town, at: Date, report: string, { photos: files, draft }: Receiving): Promise<void> {
  const sentFor = { kind: "draft", id: draft ?? report } as const;
  await useFiles(town, RESIDENT, at, { files, purpose: "report", subject: report, sentFor });
}
