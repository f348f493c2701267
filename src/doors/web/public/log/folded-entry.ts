import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** Folded, what of a leaf is hashed. */
export function foldedEntry(visit: Visit, entry: string, lead: string | null = null): Html {
  return html`<details>
    <summary>${visit.words.publicLog.entry}</summary>
    ${lead === null ? "" : html`<p>${lead}</p>`}
    <pre class="leaf-text"><code>${JSON.stringify(JSON.parse(entry), null, 2)}</code></pre>
  </details>`;
}
