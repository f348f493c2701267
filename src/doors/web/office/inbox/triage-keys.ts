import type { InboxFilter } from "#intake/inbox";
import type { Neighbours } from "#intake/neighbours";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { inboxAddress, reportAddress } from "./filter-address.ts";

/** The ways from a report: to its neighbours in the filter, to the search, to the list; the keys of the first three stand on them. */
export function waysOn(visit: Visit, filter: InboxFilter, { previous, next }: Neighbours): Html {
  const words = visit.words.office.inbox;
  const { keys } = words;
  return html`${turnTo(filter, previous, keys.previous, "k")} ${turnTo(filter, next, keys.next, "j")}
    <a class="btn" href="${inboxAddress(filter)}#f-q" data-key="Slash">${words.find} <kbd class="office-key">/</kbd></a>
    <a class="btn" href="${inboxAddress(filter)}">${words.title}</a>`;
}

function turnTo(filter: InboxFilter, report: string | null, label: string, key: "j" | "k"): Html {
  if (report === null) return html``;
  return html`<a class="btn" href="${reportAddress(filter, report)}" data-key="Key${key.toUpperCase()}">
    ${label} <kbd class="office-key">${key}</kbd>
  </a>`;
}

/** What each key does, opened by one; all of it goes by mouse too. */
export function keysHelp(visit: Visit): Html {
  const { keys } = visit.words.office.inbox;
  return html`<details class="office-keys no-print">
    <summary data-key="Shift+Slash">${keys.help} <kbd class="office-key">?</kbd></summary>
    ${keyList(visit)}
    <p class="hint">${keys.outside}</p>
  </details>`;
}

export function keyList(visit: Visit): Html {
  const { keys, undo, find, acts } = visit.words.office.inbox;
  const said = [
    ["j", keys.next],
    ["k", keys.previous],
    ["1 – 5", keys.acts],
    ["⇧1 – ⇧9", keys.offers],
    ["e", acts.categorise],
    ["u", undo],
    ["/", find],
    [keys.inLists, keys.pick],
    ["Esc", keys.leave],
    ["?", keys.help],
  ];
  return html`<dl>
    ${said.map(
      ([key, does]) =>
        html`<dt><kbd class="office-key">${key}</kbd></dt>
          <dd>${does}</dd>`,
    )}
  </dl>`;
}
