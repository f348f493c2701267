import { html, type Html } from "#doors/web/html";

/** After a conflict: what happened since the form was drawn; what was typed stays in it. */
export function meanwhilePanel(words: { readonly meanwhile: string; readonly meanwhileHint: string }, happened: Html): Html {
  return html`<section class="alert alert-warning meanwhile">
    <h2>${words.meanwhile}</h2>
    ${happened}
    <p>${words.meanwhileHint}</p>
  </section>`;
}
