import type { LogEvent } from "#audit/queries";
import type { Directory } from "#publication/directory";
import { meanwhilePanel } from "#doors/web/form/meanwhile";
import { html, type Html } from "#doors/web/html";
import { verbWords, whoOf } from "#doors/web/office/log/event-words";
import { toldFacts } from "#doors/web/office/log/told-facts";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** After a conflict: who changed what since the form was drawn. */
export function changedMeanwhile(visit: Visit, names: Directory, events: readonly LogEvent[]): Html {
  if (events.length === 0) return html``;
  const told = events.map(
    (event) =>
      html`<li>
        ${instantWords(visit, event.at)} ${whoOf(visit, names, event)} <b>${verbWords(visit, event.verb)}</b>
        <p>${toldFacts(visit, names, new Map(), event)}</p>
      </li>`,
  );
  const happened = html`<ul>
    ${told}
  </ul>`;
  return meanwhilePanel(visit.words.desk, happened);
}
