import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { refusalOf, statusOf } from "#doors/web/refusal-page";
import { faultSummary, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";

export const STEPS = ["what", "where", "photos", "contact"] as const;
export type Step = (typeof STEPS)[number];

export type StepParts = {
  readonly step: Step | null;
  readonly title: string;
  readonly back: string;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  readonly body: Html;
};

/** One question a page: back, step, what is wrong, the question. Never kept by a browser: Back asks us and gets the draft. */
export function stepPage(visit: Visit, names: Directory, parts: StepParts): Response {
  const words = visit.words.report;
  const place = parts.step === null ? "" : html`<p class="step">${words.step(STEPS.indexOf(parts.step) + 1, STEPS.length)}</p>`;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: parts.title,
    at: "report",
    status: parts.status,
    faulty: Object.keys(parts.faults).length > 0,
    body: html`<div class="narrow question">
      <p class="back">
        <a href="${parts.back}">← ${visit.words.common.back}</a>
      </p>
      ${faultSummary(visit, parts.faults)}
      ${place}
      <h1>${parts.title}</h1>
      ${parts.body}
    </div>`,
  });
}

/** Where an answered step leads: on, or back to the check page when it was changed from there. */
export function nextOf(step: Step, typed: Typed): string {
  if (typed["to"] === "check") return "/report/check";
  const next = STEPS[STEPS.indexOf(step) + 1];
  return next === undefined ? "/report/check" : `/report/${next}`;
}

export function backOf(step: Step, to: string | undefined): string {
  if (to === "check") return "/report/check";
  const earlier = STEPS[STEPS.indexOf(step) - 1];
  return earlier === undefined ? "/" : `/report/${earlier}`;
}

/** Carries "changed from the check page" through the form. */
export function toField(to: string | undefined): Html {
  return to === "check" ? html`<input type="hidden" name="to" value="check">` : html``;
}

/**
 * Does what a form asks; when the town refuses, or its disk is full, the same form comes back with the reason and everything typed.
 * Other faults go on to the edge.
 */
export async function orAgain(
  visit: Visit,
  work: () => Promise<Response>,
  again: (fault: string, status: ContentfulStatusCode) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    const code = refusalOf(error);
    if (code === null) throw error;
    return again(visit.words.refusals.codes[code], statusOf(code));
  }
}
