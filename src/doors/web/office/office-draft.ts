import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { signedIn } from "./officer-form.ts";

/**
 * The fields of a form whose words this computer keeps until it is done (browser/office-draft.ts), with the note that says so. Never
 * around what is asked of an identity, nor in forms about sealed reports.
 */
export function keptDraft(visit: Visit, name: string, fields: Html, isReturned: boolean): Html {
  const { kept, discard } = visit.words.office.draft;
  const returned = isReturned ? html`data-returned` : "";
  const note = html`data-kept="${kept}" data-discard="${discard}"`;
  return html`<office-draft data-officer="${signedIn(visit).id}" data-name="${name}" ${note} ${returned}>${fields}</office-draft>`;
}

/** A report is decided: what was kept of whatever else might have been done with it is forgotten. */
export function draftsOver(visit: Visit, name: string): Html {
  return html`<office-draft data-officer="${signedIn(visit).id}" data-name="${name}" data-done></office-draft>`;
}
