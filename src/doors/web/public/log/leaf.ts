import { findLeaf, unmatchedIn, type OpenedLeaf } from "#proof/opened-leaves";
import { notFoundPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { foldedEntry } from "./folded-entry.ts";
import { sentenceOf } from "./sentence.ts";

/** One leaf: its sentence, the public words beside it and whether they match, and folded what is hashed. */
export async function leafPage(visit: Visit, asked: { readonly leaf: number }): Promise<Response> {
  const words = visit.words.publicLog;
  const leaf = await findLeaf(visit.town, asked.leaf);
  if (leaf === null) return notFoundPage(visit);
  const names = await visit.names();
  const body = html`<div class="narrow">
    <p class="back">
      <a href="/log/leaves">${words.leaves.title}</a>
    </p>
    <h1>${words.leafTitle(leaf.leaf)}</h1>
    <p class="lead">${sentenceOf(visit, names, leaf.entry)}</p>
    ${publicWords(visit, leaf)}
    <p>
      <a href="/log/about">${words.about.title}</a>
    </p>
    ${foldedEntry(visit, leaf, words.leafLead)}
    <p class="ways">
      <a class="btn" href="/log/receipt/leaf/${leaf.leaf}.tlog-proof" download>${words.toProof}</a>
      <a class="btn" href="/verify">${words.verify}</a>
    </p>
  </div>`;
  return publicPage(visit, names, { title: words.leafTitle(leaf.leaf), body });
}

/** Nothing where nothing lies open. */
function publicWords(visit: Visit, leaf: OpenedLeaf): Html | null {
  const words = visit.words.publicLog;
  const open = Object.entries(leaf.opening);
  if (open.length === 0) return null;
  const told = open.map(([field, word]) => {
    const text = "text" in word ? word.text : words.redacted(word.redacted.on, word.redacted.because ?? words.noReason);
    return html`<dt>${fieldName(visit, field)}</dt>
      <dd class="told">${text}</dd>`;
  });
  return html`${open.some(([, word]) => "text" in word) ? match(visit, leaf) : ""}
    <h2>${words.opening}</h2>
    <dl class="facts">${told}</dl>`;
}

function match(visit: Visit, leaf: OpenedLeaf): Html {
  const { match: words } = visit.words.publicLog;
  const unmatched = unmatchedIn(leaf).map((field) => fieldName(visit, field));
  return unmatched.length === 0
    ? html`<p>${words.holds}</p>`
    : html`<p class="alert alert-danger">${words.fails(unmatched.join(visit.words.events.list))}</p>`;
}

/** Of a later version's field only what it is called in the leaf. */
function fieldName(visit: Visit, field: string): string {
  const names: { readonly [field: string]: string } = visit.words.publicLog.fields;
  return names[field] ?? field;
}
