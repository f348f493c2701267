import { isOpen } from "#verification/gate";
import type { ProblemDesk } from "#office/desk";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { dayWords, instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** What was asked for and waits for a decision, in full: whoever decides reads it here. */
export function askedPanel(visit: Visit, names: Directory, desk: ProblemDesk): Html {
  const words = visit.words.desk;
  const by = (id: string) => names.officers.get(id)?.name ?? "—";
  const waiting = [
    ...desk.extensions
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["ask-extension"].name} · ${by(asked.askedBy)}</dt>
            <dd>${dayWords(visit, asked.fromDueOn)} → ${dayWords(visit, asked.newDueOn)}<br>${asked.reason}</dd>`,
      ),
    ...desk.suspensions
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["ask-suspension"].name} · ${by(asked.askedBy)}</dt>
            <dd>${words.fields.resumeOn} ${dayWords(visit, asked.resumeOn)}<br>${asked.reason}</dd>`,
      ),
    ...desk.dismissals
      .filter(({ decision }) => decision === null)
      .map(
        (asked) =>
          html`<dt>${words.commands["propose-dismissal"].name} · ${by(asked.proposedBy)}</dt>
            <dd>${words.fields.grounds[asked.ground]}<br>${asked.reason}</dd>`,
      ),
    ...desk.round.objections.filter(isOpen).map(
      (objection) =>
        html`<dt>${words.objection} · ${instantWords(visit, objection.raisedAt)}</dt>
          <dd>
            ${objection.reason}${objection.dueOn === null ? "" : html`<br>${words.answerBy} ${dayWords(visit, objection.dueOn)}`}
          </dd>`,
    ),
  ];
  return waiting.length === 0 ? html`` : html`<dl class="asked">${waiting}</dl>`;
}
