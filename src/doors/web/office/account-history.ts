import { readLog } from "#audit/queries";
import { findHandedOut } from "#people/temporary-password";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { verbWords, whoOf } from "#doors/web/office/log/event-words";
import { toldFacts } from "#doors/web/office/log/told-facts";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

const MOST = 20;

/** What happened to an officer's account, as they read it themselves: whoever changes it cannot do so unseen. */
export async function historyPanel(visit: Visit, names: Directory, officer: string): Promise<Html> {
  const words = visit.words.people.signIn;
  const about = { subject: officer, verb: null, officer: null, from: null, to: null };
  const { events } = await readLog(visit.town, about, null, MOST);
  return html`<section class="card office-panel" aria-labelledby="history">
    <h2 id="history">${words.about}</h2>
    <p class="office-note">${words.aboutHint}</p>
    <ul>
      ${events.map(
        (event) =>
          html`<li>
            ${instantWords(visit, event.at)} ${whoOf(visit, names, event)} <b>${verbWords(visit, event.verb)}</b>
            ${toldFacts(visit, names, new Map(), event)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Whoever signs in with a temporary password reads who asked for it and who granted it, before they choose their own. */
export async function handedOutBy(visit: Visit, names: Directory, account: string): Promise<Html> {
  const words = visit.words.people.signIn;
  const granted = await findHandedOut(visit.town, account);
  if (granted === null) return html``;
  const nameOf = (officer: string) => names.officers.get(officer)?.name ?? "—";
  return html`<div class="alert alert-warning" role="status">
    <p>${words.handedOut(nameOf(granted.askedBy), nameOf(granted.grantedBy))} ${instantWords(visit, granted.grantedAt)}</p>
    <p>${words.notYours}</p>
  </div>`;
}
