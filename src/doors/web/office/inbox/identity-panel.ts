import type { Opened } from "#intake/opened-identity";
import { IDENTITY_FIELDS, type Identity } from "#vault/identity";
import { html, type Html } from "#doors/web/html";
import { clockWords } from "#doors/web/office/clock-words";
import type { Visit } from "#doors/web/visit";

/** Leaves the page by itself when the look is over (browser/office.ts); without a script it is gone with the next look at the page. */
export function identityPanel(visit: Visit, { identity, until }: Opened, note: string): Html {
  const words = visit.words.office.inbox;
  return html`<section
    class="card office-report office-identity"
    aria-labelledby="identity"
    data-closes-at="${until.toISOString()}"
    tabindex="-1"
    autofocus
  >
    <h2 id="identity">${words.identityTitle}</h2>
    <dl class="office-facts">
      ${IDENTITY_FIELDS.map(
        (field) =>
          html`<dt>${visit.words.common.identity[field]}</dt>
            <dd>${said(visit, field, identity[field])}</dd>`,
      )}
    </dl>
    <p class="hint">${words.openUntil(clockWords(visit, until))} ${note}</p>
  </section>`;
}

function said(visit: Visit, field: keyof Identity, text: string): Html | string {
  if (text === "") return visit.words.office.inbox.notLeft;
  return field === "phone" ? html`<a href="tel:${text}">${text}</a>` : text;
}
