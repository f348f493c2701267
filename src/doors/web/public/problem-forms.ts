import type { Problem } from "#ledger/problem";
import { dayOf, type Day } from "#platform/instant";
import type { PublicObjection, Story } from "#publication/problem-story";
import { formKey } from "#doors/web/form";
import { part, type Drawn } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { paragraphField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** The public period before closing; the form stands there while anyone may still object. */
export function noticeCard(visit: Visit, story: Story, drawn: Drawn): Html | null {
  const { notice, problem, objections } = story;
  if (notice === null || problem.status !== "verified") return null;
  const words = visit.words.publicSide.problem;
  const isOpen = notice.lastDay === null || dayOf(visit.at) <= notice.lastDay;
  const open = objections.filter((objection) => objection.decision === null);
  const raised =
    objections.length === 0
      ? ""
      : html`<p>
          ${words.objectionCount(objections.length, open.length)}${open.length === 0 ? "" : html`<br>${answeredBy(visit, open)}`}
        </p>`;
  const form = html`<form class="no-print" method="post" action="/ledger/${problem.number}/objections" novalidate>
    ${formKey(drawn.key)}
    ${paragraphField(visit, { ...part(drawn, "reason", words.objectionReason, words.objectionHint), rows: 3 })}
    <button class="btn btn-primary" type="submit">${words.object}</button>
  </form>`;
  return html`<section class="card notice">
    <div class="card-body">
      <h2>${words.notice}</h2>
      <p>${noticeWords(visit, notice.lastDay, isOpen)}</p>
      ${raised}${isOpen ? form : ""}
    </div>
  </section>`;
}

/** Of several the latest day: by then all are answered. */
function answeredBy(visit: Visit, open: readonly PublicObjection[]): string {
  const { answeredBy, answeredUndated } = visit.words.publicSide.problem;
  const days = open.flatMap(({ dueOn }) => dueOn ?? []).sort();
  const last = days.at(-1);
  return last === undefined || days.length < open.length ? answeredUndated : answeredBy(dayText(visit, last));
}

function noticeWords(visit: Visit, lastDay: Day | null, isOpen: boolean): string {
  const words = visit.words.publicSide.problem;
  if (lastDay === null) return words.noticeUndated;
  const last = dayText(visit, lastDay);
  return isOpen ? words.noticeOpen(last) : words.noticeOver(last);
}

/** Once it was said the button stands pressed. */
export function meTooForm(visit: Visit, problem: Problem): Html | null {
  if (problem.status === "closed" || problem.status === "dismissed") return null;
  const words = visit.words.publicSide.problem;
  const isSaid = visit.context.req.query("said") === "me-too";
  return html`<form class="card no-print" method="post" action="/ledger/${problem.number}/me-too">
    <div class="card-body me-too">
      <p>${isSaid ? words.meTooSaid : words.meTooHint}</p>
      <button class="btn${isSaid ? " active" : ""}" type="submit" aria-pressed="${String(isSaid)}">${words.meToo}</button>
      ${isSaid ? receiptButton(visit, problem) : ""}
    </div>
  </form>`;
}

function receiptButton(visit: Visit, { number }: Problem): Html {
  return html`<button class="btn" type="submit" formaction="/ledger/${number}/me-too/receipt">${visit.words.report.slip.ask}</button>`;
}
