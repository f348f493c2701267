import type { ListedLeaf } from "#proof/leaf-list";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** Folded, what of a leaf is hashed; many on a page are told apart by their numbers. */
export function foldedEntry(visit: Visit, { leaf, entry }: ListedLeaf, lead: string | null = null): Html {
  return html`<details>
    <summary>${visit.words.publicLog.entryOf(leaf)}</summary>
    ${lead === null ? "" : html`<p>${lead}</p>`}
    <pre class="leaf-text"><code>${JSON.stringify(JSON.parse(entry), null, 2)}</code></pre>
  </details>`;
}
