import { answersOf, markOfSeen } from "#intake/draft";
import { html, type Html } from "#doors/web/html";
import { refusalOf } from "#doors/web/refusal-page";
import type { Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { draftOf, keepAnswers, type Draft } from "./draft.ts";

/** The mark of a step's answers as the page is drawn from them. */
export function seenOf(visit: Visit, draft: Draft, names: readonly string[]): { readonly seen: string } {
  return { seen: markOfSeen(visit.town, answersOf(draft.answers, names)) };
}

/** Carries the mark through the form: it comes back and says whether the answers moved on meanwhile. */
export function seenField(typed: Typed): Html {
  return html`<input type="hidden" name="seen" value="${typed["seen"] ?? ""}">`;
}

/** The mark a form brought; none of a program that fills in forms without looking at them. */
export function seenIn(typed: Typed): string | null {
  const { seen = "" } = typed;
  return seen === "" ? null : seen;
}

/** Keeps a step; when another tab changed its answers since the page was drawn nothing is kept and the draft as it stands comes back. */
export async function keepStep(visit: Visit, typed: Typed, answers: Typed): Promise<Draft | null> {
  const draft = await draftOf(visit);
  try {
    await keepAnswers(visit, draft, answers, draft.photos, seenIn(typed));
    return null;
  } catch (error) {
    if (refusalOf(error) !== "draft/changed") throw error;
    return draftOf(visit);
  }
}

/** What the other tab wrote, above the form that keeps what this one wrote: a person chooses, nothing is lost. */
export function elsewhere(visit: Visit, now: Draft, lines: readonly (readonly [label: string, says: string])[]): Html {
  const words = visit.words.report.elsewhere;
  if (now.id === null) {
    return html`<section class="alert alert-warning" role="status" aria-labelledby="elsewhere">
      <h2 id="elsewhere">${words.gone}</h2>
      <p>${words.goneHint}</p>
    </section>`;
  }
  return html`<section class="alert alert-warning" role="status" aria-labelledby="elsewhere">
    <h2 id="elsewhere">${words.title}</h2>
    <p>${words.there}</p>
    <dl>${lines.map(([label, says]) => line(label, says === "" ? "—" : says))}</dl>
    <p>${words.hint}</p>
  </section>`;
}

function line(label: string, says: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd class="as-typed">${says}</dd>
  </div>`;
}
