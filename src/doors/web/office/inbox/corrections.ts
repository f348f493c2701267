import type { InboxFilter } from "#intake/inbox";
import type { Report } from "#intake/queries";
import { standingDecision } from "#intake/report";
import { whyNotUninvolved } from "#ledger/involvement";
import { readStanding, type Standing } from "#ledger/standing";
import { whyNotUndoOpening } from "#ledger/undo-opening";
import type { RefusalCode } from "#refusals";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import type { Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { reportAddress } from "./filter-address.ts";
import { seenIn } from "./new-words.ts";
import type { Correction, ReportAct, TriageAct } from "./triage-acts.ts";

/** What would correct what stands of this report, each with why this officer may not; nothing where nothing is decided. */
export async function correctionsOf(visit: Visit, report: Report): Promise<ReadonlyMap<Correction, RefusalCode | null>> {
  const stands = standingDecision(report.words);
  if (stands === null) return new Map();
  if (report.status !== "accepted" || report.problem === null) return new Map([["take-back", null]]);
  const standing = await readStanding(visit.town, report.problem);
  const refused = whyNotUninvolved(standing, signedIn(visit));
  const corrections: [Correction, RefusalCode | null][] = [
    ["separate", refused],
    ["move", refused],
  ];
  if (isOpenedBy(report, standing))
    corrections.push(["undo-opening", refused ?? (await whyNotUndoOpening(visit.town, standing, signedIn(visit)))]);
  if (report.disputedAt !== null) corrections.unshift(["confirm-join", refused]);
  return new Map(corrections);
}

/** Opening and accepting are of one moment. */
function isOpenedBy({ firstAnsweredAt }: Report, { problem }: Standing): boolean {
  return firstAnsweredAt?.getTime() === problem.openedAt.getTime();
}

/** What every form about a report tells of itself: the words that were before whoever sends it, and the decision they would correct. */
export function drawnIn(report: Report): Typed {
  const stands = standingDecision(report.words);
  return { ...seenIn(report), ...(stands === null ? {} : { decision: stands.id }) };
}

const UNDONE_BY: Record<TriageAct, Correction> = {
  answer: "take-back",
  refer: "take-back",
  decline: "take-back",
  join: "separate",
  open: "undo-opening",
};

/**
 * In the note that says what was just done: a button that takes it back. A script takes the button away after ten seconds
 * (browser/office.ts); later it is done below, with a reason of its own.
 */
export function undoButton(visit: Visit, filter: InboxFilter, report: Report, done: ReportAct): Html {
  const act = Object.entries(UNDONE_BY).find(([triage]) => triage === done)?.[1];
  const stands = standingDecision(report.words);
  if (act === undefined || stands === null || stands.saidBy !== signedIn(visit).id) return html``;
  const words = visit.words.office.inbox;
  const form = formTag({
    action: reportAddress(filter, `${report.id}/${act}`),
    hidden: { ...drawnIn(report), reason: words.undoReason },
    key: null,
    fields: html``,
    button: html`<button class="btn" type="submit" data-key="KeyU">${words.undo} <kbd class="office-key">u</kbd></button>`,
  });
  return html`<div class="office-undo" data-undo>${form}</div>`;
}

/** The reporter says that it is another matter: before everything else, until somebody has decided it. */
export function disputePanel(visit: Visit, report: Report): Html {
  if (report.disputedAt === null) return html``;
  const words = visit.words.office.inbox;
  const said = report.words.findLast(({ kind }) => kind === "disputed")?.text ?? "";
  return html`<section class="card office-report office-new-words" aria-labelledby="disputed">
    <h2 id="disputed">${words.disputedTitle}</h2>
    ${said === "" ? "" : html`<p class="office-words">${said}</p>`}
    <p class="hint">${words.disputedHint}</p>
  </section>`;
}
