import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { signedIn } from "./officer-form.ts";

/**
 * The fields of a form whose words this tab keeps until it is done (browser/office-draft.ts). Never around what is asked of an identity.
 */
export function keptDraft(visit: Visit, name: string, fields: Html, isReturned: boolean): Html {
  const returned = isReturned ? html`data-returned` : "";
  return html`<office-draft data-officer="${signedIn(visit).id}" data-name="${name}" ${returned}>${fields}</office-draft>`;
}

/** It is done: what was kept under names that begin so is forgotten. */
export function draftDone(visit: Visit, name: string): Html {
  return html`<office-draft data-officer="${signedIn(visit).id}" data-name="${name}" data-done></office-draft>`;
}
