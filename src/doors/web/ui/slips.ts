import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** What is handed to one officer on paper: their login, the password or a half of it, and what to do with it. */
export type Slip = {
  readonly name: string;
  readonly login: string;
  readonly label: string;
  readonly text: string;
  readonly how: string;
};

/** Slips to be printed and cut apart; what stands on them is in this one answer and nowhere else. */
export function slipList(visit: Visit, town: string, slips: readonly Slip[]): Html {
  const { copy, copied } = visit.words.people.slips;
  return html`<ol class="slips">
    ${slips.map(
      ({ name, login, label, text, how }) =>
        html`<li class="slip">
          <p>${town} · <b>${name}</b></p>
          <p>${visit.words.people.officers.login} <b>${login}</b></p>
          <p>
            ${label} <code>${text}</code>
            <copy-text data-text="${text}" data-label="${copy}" data-done="${copied}"></copy-text>
          </p>
          <p class="hint">${how}</p>
        </li>`,
    )}
  </ol>`;
}
